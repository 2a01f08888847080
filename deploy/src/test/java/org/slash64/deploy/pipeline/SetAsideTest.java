package org.slash64.deploy.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.Topics;
import org.slash64.topology.DeadLetterStatistics;
import org.slash64.topology.PipelineStatistics;

class SetAsideTest {

    private final DeadLetterStatistics statistics = new PipelineStatistics().deadLetters();

    @TempDir
    private Path directory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> in;
    private TestOutputTopic<byte[], byte[]> out;
    private TestOutputTopic<byte[], byte[]> letters;

    @BeforeEach
    void start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "set-aside");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SetAside.class);
        config.put(SetAside.STATISTICS, statistics);
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("pass", Pass::new, "source")
                .addProcessor("break", Break::new, "pass")
                .addSink("sink", "out", "break");
        driver = new TopologyTestDriver(topology, config);
        in = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        out = driver.createOutputTopic("out", new ByteArrayDeserializer(), new ByteArrayDeserializer());
        letters = driver.createOutputTopic(
                Topics.SMTP_DEAD_LETTER.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void recordThatBreaksAStep_isSetAsideAsItCame_andTheOthersGoOn() {
        in.pipeInput(utf8("k1"), utf8("one"));
        in.pipeInput(utf8("k2"), utf8("poison"));
        in.pipeInput(utf8("k3"), utf8("three"));

        assertThat(out.readValuesToList()).containsExactly(utf8("one"), utf8("three"));
        TestRecord<byte[], byte[]> letter = letters.readRecord();
        assertThat(letter.key()).isEqualTo(utf8("k2"));
        assertThat(letter.value()).isEqualTo(utf8("poison"));
        assertThat(text(letter, "reason")).isEqualTo("BROKE_A_STEP");
        assertThat(text(letter, "detail"))
                .isEqualTo("in-0 at offset 1: break: java.lang.NumberFormatException: For input string: \"poison\"");
        assertThat(letters.isEmpty()).isTrue();
        assertThat(statistics.count("BROKE_A_STEP")).isEqualTo(1);
    }

    @Test
    void detailThatQuotesTheRecord_isCutAndSafe() {
        in.pipeInput(utf8("k"), utf8("quoted\u001b" + "x".repeat(100_000)));
        String detail = text(letters.readRecord(), "detail");
        assertThat(detail).contains("quoted?xxx").hasSize(1_000);
    }

    @Test
    void faultOfKafka_stopsTheStream() {
        assertThatThrownBy(() -> in.pipeInput(utf8("k"), utf8("timeout")))
                .hasRootCauseInstanceOf(TimeoutException.class);
        assertThat(letters.isEmpty()).isTrue();
        assertThat(statistics.count("BROKE_A_STEP")).isZero();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(TestRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), UTF_8);
    }

    /** Changes the record, so that what is set aside must be what came. */
    private static final class Pass extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record.withKey(utf8("other")));
        }
    }

    private static final class Break extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

        @Override
        public void process(Record<byte[], byte[]> record) {
            String text = new String(record.value(), UTF_8);
            if (text.startsWith("quoted")) {
                throw new IllegalArgumentException(text);
            }
            switch (text) {
                case "poison" -> Integer.parseInt("poison");
                case "timeout" -> throw new IllegalStateException(new TimeoutException());
                default -> context().forward(record);
            }
        }
    }
}
