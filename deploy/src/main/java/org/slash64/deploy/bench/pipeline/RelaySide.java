package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.slash64.deploy.bench.Side;
import org.slash64.schemas.Topics;

/**
 * The nearest thing to the limit: a stream that moves the bytes which the pipeline has just moved, and does nothing else. It
 * reads smtp.events, and copies what the pipeline wrote to every topic between its steps and behind them. Changelogs of
 * stores are the pipeline's own affair and not copied.
 */
final class RelaySide implements Side {

    private static final String COPY = "copy.of.";

    private final Load load;
    private final LoadedKafka kafka;

    RelaySide(Load load, LoadedKafka kafka) {
        this.load = load;
        this.kafka = kafka;
    }

    @Override
    public String label() {
        return "relay";
    }

    @Override
    public double round() throws IOException, InterruptedException {
        List<String> written = kafka.topics().stream()
                .filter(topic -> !topic.equals(Topics.SMTP_EVENTS.name()))
                .filter(topic -> !topic.endsWith("-changelog") && !topic.startsWith(COPY) && !topic.startsWith("__"))
                .sorted()
                .toList();
        kafka.replace(written.stream().map(topic -> COPY + topic).toList(), Topics.SMTP_VERDICTS.partitions());
        StreamsBuilder builder = new StreamsBuilder();
        Consumed<byte[], byte[]> bytes = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray());
        builder.stream(Topics.SMTP_EVENTS.name(), bytes).foreach((key, value) -> {});
        builder.stream(written, bytes)
                .to(
                        (key, value, context) -> COPY + context.topic(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        double seconds =
                StreamsRun.seconds(builder.build(), kafka.settings(kafka.nextApplication("relay")), () -> true);
        return load.size() / seconds;
    }
}
