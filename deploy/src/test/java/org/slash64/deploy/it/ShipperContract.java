package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.number;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;

/** A real log shipper, set up as documented, gives the events that the same log gives as a file. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
abstract class ShipperContract {

    private static final int SESSIONS = 40;

    /** So many datagrams fit into any receive buffer, however busy the shipper is. */
    private static final int AT_ONCE = 60;

    private static final Duration START = Duration.ofSeconds(20);
    private static final Path BOUND_PORTS = Path.of("/proc/net/udp");

    @TempDir
    Path dir;

    /** Empty where it is not installed. */
    abstract Optional<LogShipper> shipper() throws Exception;

    @Test
    void ship_fileAndSyslog_givesTheEventsOfTheLog() throws Exception {
        Optional<LogShipper> shipper = shipper();
        assumeTrue(shipper.isPresent(), "skipped: the shipper is not installed; .ci/run installs it");
        MailLog inFile = sessions("mx1", 0);
        MailLog overNetwork = sessions("mx2", SESSIONS);
        Map<String, SmtpEvent> expected = new TreeMap<>(Parsed.events(inFile));
        expected.putAll(Parsed.events(overNetwork));
        Path log = Files.createFile(dir.resolve("maillog"));
        int port = freePort();
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = Slash64Process.start(dns.run(dir.resolve("data")))) {
            Endpoints endpoints = program.awaitEndpoints();
            try (SystemProgram running = shipper.get()
                    .start(Files.createDirectory(dir.resolve("shipper")), endpoints.bootstrapServers(), log, port)) {
                awaitPort(port, running);
                inFile.write(log);
                Watch.await(endpoints, Topics.SMTP_LOG, inFile.size());
                for (int sent = 0; sent < overNetwork.size(); sent += AT_ONCE) {
                    int next = Math.min(overNetwork.size(), sent + AT_ONCE);
                    send(overNetwork.part(sent, next), port);
                    Watch.await(endpoints, Topics.SMTP_LOG, inFile.size() + next);
                }
                Watch.awaitEvents(endpoints, expected.size());
            }
            TopicContents topics = TopicContents.of(endpoints);
            assertThat(differences(expected, topics.eventsById())).isEmpty();
            assertThat(number(topics.events())).isEqualTo(expected.size());
            assertThat(topics.deadLetters()).isEmpty();
            assertThat(keys(endpoints)).doesNotContainNull().contains("mx2.example.net");
        }
    }

    /** Whole sessions: a connection, a message, an end each, with the fractions of a second that shippers could lose. */
    private static MailLog sessions(String host, int first) {
        Instant start = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
        List<String> lines = new ArrayList<>();
        for (int i = first; i < first + SESSIONS; i++) {
            String header = MailLog.RFC5424.format(
                            start.plusMillis(250L * i).plusNanos(123_000).atOffset(ZoneOffset.UTC))
                    + " " + host + ".example.net postfix/";
            String client = String.format(Locale.ROOT, "mail%d.example.org[2001:db8:a:%x::25]", i, i);
            String smtpd = header + "smtpd[" + (1000 + i) + "]: ";
            String queueId = String.format(Locale.ROOT, "4F%08X", i);
            lines.add(smtpd + "connect from " + client);
            lines.add(smtpd + queueId + ": client=" + client);
            lines.add(header + "cleanup[77]: " + queueId + ": message-id=<" + i + "@example.org>");
            lines.add(header + "qmgr[78]: " + queueId
                    + ": from=<a \"\\\u00fc@example.org>, size=5360, nrcpt=1 (queue active)");
            lines.add(smtpd + "disconnect from " + client + " ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5");
            lines.add(header + "qmgr[78]: " + queueId + ": removed");
        }
        return new MailLog(lines);
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port, SystemProgram shipper) throws Exception {
        Instant deadline = Instant.now().plus(START);
        String bound = String.format(Locale.ROOT, "0100007F:%04X ", port);
        while (!Files.readString(BOUND_PORTS).contains(bound)) {
            assertThat(shipper.isAlive()).as(shipper.output()).isTrue();
            assertThat(Instant.now()).as(shipper.output()).isBefore(deadline);
            Thread.onSpinWait();
        }
    }

    private static void send(MailLog log, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            for (String line : log.lines()) {
                byte[] datagram = ("<22>" + line).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), port));
            }
        }
    }

    private static List<String> keys(Endpoints endpoints) {
        List<String> keys = new ArrayList<>();
        new TopicReader(endpoints)
                .read(Topics.SMTP_LOG.name(), new ByteArrayDeserializer(), record -> keys.add(record.key()));
        return keys;
    }
}
