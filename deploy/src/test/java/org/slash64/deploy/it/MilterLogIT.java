package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;

/** A busy Postfix asks slash64's milter, and its log is followed: each message is one event, and so is each connection. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MilterLogIT {

    private static final List<String> PROGRAMS = List.of("postfix", "smtp-source");
    private static final List<String> SETUP = List.of("main.cf", "master.cf", "hosts");
    private static final Duration MAILS = Duration.ofMinutes(5);

    private static final int MESSAGES = 10_000;
    private static final String LATER = "unknown[2001:db8:f::1]";

    @TempDir
    Path dir;

    private NamespacedSite site;

    @BeforeEach
    void prepare() throws Exception {
        site = NamespacedSite.prepare(dir, "milter", "load.sh", SETUP, PROGRAMS);
    }

    @Test
    void manyMessages_inParallel_areOneEventEach() throws Exception {
        Path log = Files.createFile(site.folder().resolve("maillog"));
        Path socket = site.folder().resolve("milter.sock");
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = Slash64Process.start(dns.run(
                        dir.resolve("data"), "--config", config(socket), "--log", log.toString(), "--follow"))) {
            program.awaitLine(line -> line.equals("Milter: unix:" + socket), Slash64Process.LONG);
            Endpoints endpoints = program.awaitEndpoints();
            try (SystemProgram mails = site.start(String.valueOf(MESSAGES))) {
                assertThat(mails.awaitExit(MAILS)).as(mails.output()).isZero();
            }
            Files.write(log, laterSession(log), StandardOpenOption.APPEND);
            Watch.awaitEvents(endpoints, 2L * MESSAGES + 1);
            assertEvents(TopicContents.of(endpoints));
        }
    }

    /** By then nothing waits for the log any more. */
    private static List<String> laterSession(Path log) throws Exception {
        String host = Files.readAllLines(log).get(0).split(" +", 5)[3];
        String start = Instant.now().plusSeconds(60) + " " + host + " postfix/smtpd[1]: ";
        return List.of(start + "connect from " + LATER, start + "disconnect from " + LATER + " quit=1 commands=1");
    }

    /** Own networks, so that no time goes into DNS. */
    private String config(Path socket) throws Exception {
        String text = """
                milter:
                  listen: unix:%s
                  mode: observe
                enrichment:
                  own-networks: ["2001:db8::/32"]
                """.formatted(socket);
        return Files.writeString(dir.resolve("slash64.yaml"), text).toString();
    }

    private static void assertEvents(TopicContents topics) {
        List<SmtpEvent> events = topics.events().values().stream()
                .flatMap(List::stream)
                .filter(event -> !LATER.contains(event.getClient()))
                .toList();
        Map<EventKind, Long> kinds =
                events.stream().collect(Collectors.groupingBy(SmtpEvent::getKind, Collectors.counting()));
        assertThat(kinds)
                .containsOnly(Map.entry(EventKind.CONNECTION, (long) MESSAGES), Map.entry(EventKind.MESSAGE, (long)
                        MESSAGES));
        assertThat(events).extracting(SmtpEvent::getMta).containsOnly("postfix");
        Map<Boolean, Long> joined = events.stream()
                .filter(event -> event.getKind() == EventKind.MESSAGE)
                .collect(Collectors.groupingBy(event -> event.getDkim() != null, Collectors.counting()));
        assertThat(joined).containsOnlyKeys(true);
        assertThat(topics.deadLetters()).isEmpty();
    }
}
