package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.number;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.it.TopicContents.Rejected;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;

/** Whatever stands between valid lines, and whatever others send to the topics: nothing stops, nothing valid is lost. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class HostileInputIT {

    private static final int SEED = 64;
    private static final int OVERSIZED = 10_000_000;
    private static final int PIECES = 20;

    /** Records sent to smtp.events that become dead letters; the one without a value does not. */
    private static final int GARBAGE = 2;

    @TempDir
    Path dir;

    private final Random random = new Random(SEED);
    private final List<byte[]> broken = new ArrayList<>();

    @Test
    void run_onHostileLinesAndRecords_losesNothingValidAndSetsTheRestAside() throws Exception {
        MailLog valid = MailLog.sample().part(0, 2_000);
        Map<String, SmtpEvent> expected = Parsed.events(valid);
        byte[] oversized = new byte[OVERSIZED];
        Arrays.fill(oversized, (byte) 'a');
        Path first = Files.write(dir.resolve("first.log"), hostile(valid.part(0, 1_000), oversized));
        Path second = Files.write(dir.resolve("second.log"), hostile(valid.part(1_000, 2_000), new byte[0]));
        Path data = dir.resolve("data");

        try (SampleZone dns = SampleZone.serve()) {
            try (Slash64Process program = Slash64Process.start(dns.run(data, "--log", first.toString()))) {
                Endpoints endpoints = program.awaitEndpoints();
                Watch.await(endpoints, Topics.SMTP_DEAD_LETTER, broken.size() / 2 + 1);
                sendGarbage(endpoints);
                Watch.await(endpoints, Topics.SMTP_DEAD_LETTER, broken.size() / 2 + 1 + GARBAGE);
                program.terminate();
                assertThat(program.awaitExit(Slash64Process.LONG))
                        .as(program.output())
                        .isIn(0, 143);
            }
            List<String> again =
                    new ArrayList<>(dns.run(data, "--until-idle", "--log", first.toString(), second.toString()));
            try (Slash64Process program = Slash64Process.start(again)) {
                assertThat(program.awaitExit(Slash64Process.LONG))
                        .as(program.output())
                        .isZero();
            }
        }

        TopicContents topics = TopicContents.ofStopped(data);
        assertThat(differences(expected, topics.eventsById())).isEmpty();
        assertThat(number(topics.events())).isEqualTo(expected.size() + 1); // with the one that has no value
        assertThat(topics.verdictsById().keySet()).isEqualTo(expected.keySet());
        assertBrokenLinesAreSetAside(topics.deadLetters());
        assertOversizedLineIsCut(topics.deadLetters(), oversized);
    }

    private void assertBrokenLinesAreSetAside(List<Rejected> letters) {
        assertThat(letters)
                .allSatisfy(letter -> assertThat(letter.headers()).containsKeys("reason", "detail", "length"));
        assertThat(letters.stream().map(letter -> latin1(letter.value())).toList())
                .containsAll(broken.stream().map(HostileInputIT::latin1).toList());
        assertThat(letters)
                .extracting(Rejected::reason)
                .contains("BINARY", "NO_SYSLOG_HEADER", "BAD_TIMESTAMP", "BAD_CLIENT_ADDRESS");
        // the broken lines, the oversized one, and what was sent to smtp.events
        assertThat(letters).hasSize(broken.size() + 1 + GARBAGE);
    }

    private static void assertOversizedLineIsCut(List<Rejected> letters, byte[] line) {
        List<Rejected> cut = letters.stream()
                .filter(letter -> letter.reason().equals("TOO_LONG"))
                .toList();
        assertThat(cut).hasSize(1);
        assertThat(cut.get(0).value()).isEqualTo(Arrays.copyOf(line, DeadLetter.MAX_BYTES));
        assertThat(cut.get(0).headers())
                .containsEntry("length", Integer.toString(line.length))
                .containsEntry("sha256", Sha256.hex(line));
    }

    /** Neither is what the topic holds: bytes that are no Avro, an unknown schema id, nothing at all. */
    private void sendGarbage(Endpoints endpoints) {
        byte[] unknownId = {0, 127, 127, 127, 127, 1, 2, 3};
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(endpoints.admin(), new ByteArraySerializer(), new ByteArraySerializer())) {
            post(producer, text("garbage"));
            post(producer, unknownId);
            post(producer, null);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what does not arrive is missing among the dead letters
    private static void post(KafkaProducer<byte[], byte[]> producer, byte[] value) {
        producer.send(new ProducerRecord<>(Topics.SMTP_EVENTS.name(), text("key"), value));
    }

    /** The lines with others between them; the oversized one, if any, in the middle. */
    private byte[] hostile(MailLog log, byte[] oversized) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int step = log.size() / PIECES;
        for (int piece = 0; piece < PIECES; piece++) {
            bytes.write(log.part(piece * step, (piece + 1) * step).bytes());
            writeBroken(bytes, piece);
            writeForeign(bytes);
            if (piece == PIECES / 2 && oversized.length > 0) {
                bytes.write(oversized);
                bytes.write('\n');
            }
        }
        return bytes.toByteArray();
    }

    private void writeBroken(ByteArrayOutputStream bytes, int piece) throws IOException {
        byte[] noise = new byte[100 + random.nextInt(1_000)];
        random.nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = noise[i] == '\n' || noise[i] == '\r' ? 0 : noise[i];
        }
        noise[0] = 1;
        List<byte[]> lines = List.of(
                noise,
                new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc0, (byte) 0x80, (byte) ('A' + piece)},
                new byte[64],
                text("no header at all " + piece),
                text("2026-02-31T99:00:00Z mx1 postfix/smtpd[1]: connect from a.test[192.0.2.1]"),
                text("2026-01-05T10:00:00Z mx1 postfix/smtpd[1]: connect from a.test[no address]"));
        for (byte[] line : lines) {
            bytes.write(line);
            bytes.write('\n');
            broken.add(line);
        }
    }

    /** What stands in a syslog without being a mail server's, or is blank. */
    private static void writeForeign(ByteArrayOutputStream bytes) throws IOException {
        bytes.write(text("\n \t \n\r\n"));
        bytes.write(text("2026-01-05T10:00:00+00:00 mx1 sshd[99]: Connection closed by 192.0.2.9 port 22 [preauth]\n"));
        bytes.write(text("<34>Jan  5 10:00:00 mx1 kernel: [1.0] eth0: link up\n"));
        bytes.write(text("<165>1 2026-01-05T10:00:00Z mx1.example.com cron 7 - - (root) CMD (true)\n"));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes as text that keeps them all apart. */
    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
