package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.number;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;

/**
 * A real Postfix gets mail over IPv6, a real rsyslog ships its log as documented, and the right events come of it: the same
 * that come of the log as a file.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class PostfixLiveIT {

    private static final List<String> PROGRAMS = List.of("postfix", "swaks", "openssl");
    private static final List<String> SETUP = List.of("main.cf", "master.cf", "header_checks", "hosts");
    private static final Duration MAILS = Duration.ofSeconds(40);

    private static final String GOOD = "2001:db8:a:1::25";
    private static final String BAD = "2001:db8:b:2::666";

    private static final int SESSIONS = 4;

    @TempDir
    Path dir;

    private NamespacedSite site;
    private LogShipper rsyslog;

    @BeforeEach
    void prepare() throws Exception {
        Optional<LogShipper> shipper = LogShipper.rsyslog();
        assumeTrue(shipper.isPresent(), "skipped: rsyslog is not installed; .ci/run installs it");
        rsyslog = shipper.get();
        site = NamespacedSite.prepare(dir, "postfix", "live.sh", SETUP, PROGRAMS);
    }

    @Test
    void mailOverIpv6_throughPostfixAndRsyslog_givesTheRightEvents() throws Exception {
        Path log = Files.createFile(site.folder().resolve("maillog"));
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program = Slash64Process.start(dns.run(dir.resolve("data")))) {
            Endpoints endpoints = program.awaitEndpoints();
            try (SystemProgram shipper = rsyslog.start(
                    Files.createDirectory(dir.resolve("shipper")), endpoints.bootstrapServers(), log, 0)) {
                receiveMails();
                assertThat(shipper.isAlive()).as(shipper.output()).isTrue();
                MailLog logged = new MailLog(Files.readAllLines(log));
                Map<String, SmtpEvent> expected = Parsed.events(logged);
                Watch.await(endpoints, Topics.SMTP_LOG, logged.size());
                Watch.awaitEvents(endpoints, expected.size());
                TopicContents topics = TopicContents.of(endpoints);
                assertThat(differences(expected, topics.eventsById())).isEmpty();
                assertThat(number(topics.events())).isEqualTo(expected.size());
                assertThat(topics.deadLetters()).isEmpty();
                assertThat(idsInFile(log)).isEqualTo(expected.keySet());
                assertEvents(List.copyOf(topics.eventsById().values()));
            }
        }
    }

    private void receiveMails() throws Exception {
        try (SystemProgram mails = site.start()) {
            assertThat(mails.awaitExit(MAILS)).as(mails.output()).isZero();
        }
    }

    private static Set<String> idsInFile(Path log) throws Exception {
        List<String> command = List.of("parse", "--json", "--time-zone", "UTC", log.toString());
        try (Slash64Process program = Slash64Process.start(command)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
            ObjectMapper json = new ObjectMapper();
            Set<String> ids = new TreeSet<>();
            for (String line : program.out()) {
                ids.add(json.readTree(line).get("id").asText());
            }
            return ids;
        }
    }

    private static void assertEvents(List<SmtpEvent> events) {
        assertThat(of(events, EventKind.CONNECTION))
                .hasSize(SESSIONS)
                .extracting(SmtpEvent::getClient)
                .containsExactlyInAnyOrder(GOOD, GOOD, BAD, BAD);
        assertThat(of(events, EventKind.CONNECTION))
                .filteredOn(event -> event.getTlsProtocol() != null)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getTlsProtocol()).startsWith("TLSv1.");
                    assertThat(event.getTlsNames()).containsExactly("mail.example.org");
                });
        assertThat(of(events, EventKind.MESSAGE)).hasSize(2).allSatisfy(PostfixLiveIT::assertMessage);
        assertThat(of(events, EventKind.REJECTION)).singleElement().satisfies(PostfixLiveIT::assertRejection);
    }

    private static List<SmtpEvent> of(List<SmtpEvent> events, EventKind kind) {
        return events.stream().filter(event -> event.getKind() == kind).toList();
    }

    private static void assertMessage(SmtpEvent message) {
        assertThat(message.getClient()).isEqualTo(GOOD);
        assertThat(message.getClientName()).isEqualTo("mail.example.org");
        assertThat(message.getHelo()).isEqualTo("mail.example.org");
        assertThat(message.getMailFrom()).isEqualTo("news@example.org");
        assertThat(message.getFromDomains()).containsExactly("lists.example.org");
        assertThat(message.getRecipients()).isEqualTo(1);
    }

    private static void assertRejection(SmtpEvent rejection) {
        assertThat(rejection.getClient()).isEqualTo(BAD);
        assertThat(rejection.getClientName()).isNull();
        assertThat(rejection.getHelo()).isEqualTo("[IPv6:" + BAD + "]");
        assertThat(rejection.getMailFrom()).isEqualTo("bad@example.com");
        assertThat(rejection.getRcptTo()).isEqualTo("victim@elsewhere.example");
        assertThat(rejection.getStage()).isEqualTo("RCPT");
        assertThat(rejection.getReplyCode()).isEqualTo(554);
        assertThat(rejection.getEnhancedStatus()).isEqualTo("5.7.1");
    }
}
