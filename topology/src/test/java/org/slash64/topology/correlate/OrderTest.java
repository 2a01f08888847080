package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LineError;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/** Lines that come out of order, and lines of other programs that come before or after those they are about. */
class OrderTest {

    private static final String SESSION = """
            08:00:%1$02d.100 smtpd[%2$d] connect from mail%2$d.example[2001:db8:%2$d::25]
            08:00:%1$02d.150 smtpd[%2$d] mail%2$d.example[2001:db8:%2$d::25]: subject_CN=mail%2$d.example, issuer=CA, fingerprint=AB
            08:00:%1$02d.200 smtpd[%2$d] Trusted TLS connection established from mail%2$d.example[2001:db8:%2$d::25]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
            08:00:%1$02d.300 smtpd[%2$d] NOQUEUE: reject: RCPT from mail%2$d.example[2001:db8:%2$d::25]: 550 5.1.1 no; from=<a@b.example> to=<x@c.example> proto=ESMTP helo=<mail%2$d.example>
            08:00:%1$02d.400 smtpd[%2$d] 4RtY1k2Lz%1$02d%2$d: client=mail%2$d.example[2001:db8:%2$d::25]
            08:00:%1$02d.500 cleanup[11] 4RtY1k2Lz%1$02d%2$d: message-id=<one%2$d@b.example>
            08:00:%1$02d.550 cleanup[11] 4RtY1k2Lz%1$02d%2$d: info: header From: A <a@b.example> from mail%2$d.example[2001:db8:%2$d::25]; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mail%2$d.example>
            08:00:%1$02d.600 qmgr[12] 4RtY1k2Lz%1$02d%2$d: from=<a@b.example>, size=1234, nrcpt=2 (queue active)
            08:00:%1$02d.700 smtpd[%2$d] disconnect from mail%2$d.example[2001:db8:%2$d::25] ehlo=2 starttls=1 mail=1 rcpt=2/3 data=1 quit=1 commands=8/9
            08:00:%1$02d.800 qmgr[12] 4RtY1k2Lz%1$02d%2$d: removed
            """;

    private static List<String> log() {
        List<String> lines = new ArrayList<>();
        for (int second = 1; second < 30; second++) {
            for (int process = 1000; process < 1004; process++) {
                SESSION.formatted(second, process + second % 2).lines().forEach(lines::add);
            }
        }
        lines.sort(null);
        return lines;
    }

    private static LocalTime time(String line) {
        return LocalTime.parse(line.substring(0, line.indexOf(' ')));
    }

    /** Each line comes up to the given time later than it was logged. */
    private static List<String> disordered(List<String> lines, Duration most, long seed) {
        Random random = new Random(seed);
        record Arriving(String line, LocalTime at) {}
        return lines.stream()
                .map(line -> new Arriving(line, time(line).plusNanos(random.nextLong(most.toNanos()))))
                .sorted(Comparator.comparing(Arriving::at))
                .map(Arriving::line)
                .toList();
    }

    private static Feed feed(List<String> lines) {
        return new Feed(new SerializedCorrelationState(), CorrelatorSettings.defaults(), Feed.Format.ISO).lines(lines);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lines_inAnyOrderWithinTheBound_giveTheSameEvents(long seed) {
        Feed ordered = feed(log());
        assertThat(ordered.events).hasSize(3 * 29 * 4);
        Feed disordered = feed(disordered(log(), CorrelatorSettings.DEFAULT_REORDER, seed));
        assertThat(disordered.events).containsExactlyInAnyOrderElementsOf(ordered.events);
        assertThat(disordered.incidents(Incident.LINE_OUT_OF_ORDER)).isZero();
    }

    @Test
    void lines_beyondTheBound_areCountedAndLoseNoRefusal() {
        List<String> lines = new ArrayList<>(log());
        String late = lines.remove(6);
        lines.add(late);
        Feed feed = feed(lines);
        assertThat(feed.incidents(Incident.LINE_OUT_OF_ORDER)).isPositive();
        assertThat(feed.of(EventKind.REJECTION)).hasSize(29 * 4);
    }

    /** Without fractions the order of lines with equal times is in the lines alone. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void linesOfOneSecond_inAnyOrder_giveTheSameIds(long seed) {
        List<String> lines = new ArrayList<>();
        for (int client = 1; client < 6; client++) {
            String name = "unknown[192.0.2." + client + "]";
            lines.add("08:00:01.0 smtpd[20] connect from " + name);
            lines.add("08:00:01.0 smtpd[20] NOQUEUE: reject: RCPT from " + name
                    + ": 550 5.1.1 no; from=<> to=<x@example.net> proto=SMTP helo=<h>");
            lines.add("08:00:01.0 smtpd[20] disconnect from " + name + " quit=1 commands=1");
        }
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(seed));
        Feed expected = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), Feed.Format.RFC_3164);
        Feed feed = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), Feed.Format.RFC_3164);
        assertThat(feed.lines(shuffled).ids())
                .containsExactlyInAnyOrderElementsOf(expected.lines(lines).ids());
    }

    @Test
    void session_withDisconnectBeforeConnectInOneSecond_isOneConnection() {
        Feed feed =
                new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), Feed.Format.RFC_3164).lines("""
                        08:00:01 smtpd[20] disconnect from unknown[192.0.2.1] quit=1 commands=1
                        08:00:01 smtpd[20] connect from unknown[192.0.2.1]
                        """);
        assertThat(feed.only(EventKind.CONNECTION).getCommands()).containsEntry("quit", 1);
        assertThat(feed.incidents(Incident.DISCONNECT_WITHOUT_CONNECT)).isZero();
    }

    private static final String RSPAMD = "2026-11-16T08:00:0%s+00:00 MX1 rspamd[7]: <abc>; proxy;"
            + " rspamd_task_write_log: id: <one1@b.example>, qid: <4RtY1k2Lz011000>, ip: 2001:db8:1000::25, from:"
            + " <a@b.example>, (default: F (no action): [1.50/15.00] [R_DKIM_ALLOW(-0.20){b.example:s=sel;},"
            + "R_SPF_ALLOW(-0.20){+ip6:2001:db8::/32;}]), len: 1234, time: 50ms, dns req: 5, digest: <0>";

    @ParameterizedTest
    @ValueSource(strings = {"1.450", "1.610", "3.500"})
    void verdictOfACompanion_beforeOrAWhileAfterTheAcceptance_isInTheMessage(String time) {
        Feed feed = new Feed();
        SESSION.formatted(1, 1000).lines().forEach(feed::line);
        feed.raw(RSPAMD.formatted(time));
        SmtpEvent message = feed.settled().only(EventKind.MESSAGE);
        assertThat(message.getClaims())
                .anySatisfy(claim -> assertThat(claim.getSource() + ' ' + claim.getMethod() + ' ' + claim.getResult())
                        .isEqualTo("rspamd DKIM pass"));
        assertThat(message.getDkim()).isNull();
        assertThat(message.getTlsNames()).containsExactly("mail1000.example");
        assertThat(message.getFromDomains()).containsExactly("b.example");
        assertThat(message.getHelo()).isEqualTo("mail1000.example");
    }

    @Test
    void verdictOfACompanion_afterTheRefusalOfTheMessage_isInTheRefusal() {
        Feed feed = new Feed(new SerializedCorrelationState());
        SESSION.formatted(1, 1000)
                .lines()
                .filter(line -> !line.contains("qmgr"))
                .map(line -> line.contains("disconnect")
                        ? "08:00:01.6 cleanup[11] 4RtY1k2Lz011000: milter-reject: END-OF-MESSAGE from mail1000.example[2001:db8:1000::25]: 5.7.1 Spam; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<mail1000.example>\n"
                                + line
                        : line)
                .flatMap(String::lines)
                .forEach(feed::line);
        feed.raw(RSPAMD.formatted("1.900"));
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).isEmpty();
        SmtpEvent refusal = feed.of(EventKind.REJECTION)
                .filter(event -> event.getQueueId() != null)
                .findFirst()
                .orElseThrow();
        assertThat(refusal.getClaims()).isNotEmpty();
        assertThat(refusal.getConnection())
                .isEqualTo(feed.only(EventKind.CONNECTION).getConnection());
    }

    @Test
    void verdictOfACompanion_muchTooLate_isCounted() {
        Feed feed = new Feed();
        SESSION.replace("08:00:%1$02d.800 qmgr[12] 4RtY1k2Lz%1$02d%2$d: removed\n", "")
                .formatted(1, 1000)
                .lines()
                .forEach(feed::line);
        feed.raw(RSPAMD.formatted("9.000"));
        assertThat(feed.settled().only(EventKind.MESSAGE).getClaims()).isEmpty();
        assertThat(feed.incidents(Incident.CLAIM_WITHOUT_MESSAGE)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void postscreen_handsOver_andTheConnectionCountsOnce(Feed.Format format) {
        Feed feed = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), format).lines("""
                        08:00:01.10 postscreen[5] CONNECT from [192.0.2.1]:4711 to [192.0.2.250]:25
                        08:00:01.20 postscreen[5] PASS OLD [192.0.2.1]:4711
                        08:00:01.30 smtpd[20] connect from unknown[192.0.2.1]
                        08:00:02.40 smtpd[20] disconnect from unknown[192.0.2.1] quit=1 commands=1
                        08:00:03.10 postscreen[5] CONNECT from [192.0.2.2]:4711 to [192.0.2.250]:25
                        08:00:03.20 postscreen[5] CONNECT from [192.0.2.3]:4711 to [192.0.2.250]:25
                        08:00:04.20 postscreen[5] PREGREET 14 after 0.1 from [192.0.2.2]:4711: EHLO ylmf-pc?
                        08:00:05.20 postscreen[5] NOQUEUE: reject: RCPT from [192.0.2.2]:4711: 550 5.5.1 Protocol error; from=<a@b.example>, to=<c@d.example>, proto=ESMTP, helo=<ylmf-pc>
                        08:00:06.20 postscreen[5] DISCONNECT [192.0.2.2]:4711
                        08:00:07.20 postscreen[5] PASS NEW [192.0.2.3]:4711
                        08:00:07.30 postscreen[5] DISCONNECT [192.0.2.3]:4711
                        """);
        assertThat(feed.of(EventKind.CONNECTION))
                .extracting(event -> event.getService() + ' ' + event.getClient())
                .containsExactlyInAnyOrder("smtpd 192.0.2.1", "postscreen 192.0.2.2", "postscreen 192.0.2.3");
        assertThat(feed.only(EventKind.REJECTION).getHelo()).isEqualTo("ylmf-pc");
    }

    @Test
    void host_thatGoesQuiet_hasItsLastLinesWorkedOnAndItsSessionsEnded() {
        CorrelatorStatistics statistics = new CorrelatorStatistics();
        LogToEvents logToEvents = LogToEvents.inMemory(
                new Reading(java.time.ZoneOffset.UTC, org.slash64.connectors.mta.LogParsers.all()),
                CorrelatorSettings.defaults(),
                statistics);
        List<SmtpEvent> events = new ArrayList<>();
        byte[] connect = Feed.framed("08:00:01 smtpd[20] connect from unknown[192.0.2.1]", Feed.Format.ISO)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        logToEvents.accept(connect, org.slash64.connectors.log.Arrival.at(Feed.ARRIVAL), events::add);
        assertThat(statistics.held()).isEqualTo(1);
        logToEvents.idle("mx1", Duration.ofSeconds(2), events::add);
        assertThat(statistics.held()).isZero();
        logToEvents.idle("mx1", Duration.ofMinutes(61), events::add);
        assertThat(events)
                .extracting(SmtpEvent::getKind, SmtpEvent::getTime)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        EventKind.CONNECTION, Instant.parse("2026-11-16T08:00:01Z")));
    }

    @Test
    void host_thatNeverComesBack_isForgottenWithItsIds() {
        CorrelationState state = new SerializedCorrelationState();
        CorrelatorSettings settings = CorrelatorSettings.defaults();
        LogToEvents logToEvents = new LogToEvents(
                new Reading(java.time.ZoneOffset.UTC, org.slash64.connectors.mta.LogParsers.all()),
                settings,
                state,
                new MemoryLineBuffer(),
                new CorrelatorStatistics());
        List<SmtpEvent> events = new ArrayList<>();
        byte[] connect = Feed.framed("08:00:01 smtpd[20] connect from unknown[192.0.2.1]", Feed.Format.ISO)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        logToEvents.accept(connect, org.slash64.connectors.log.Arrival.at(Feed.ARRIVAL), events::add);
        logToEvents.idle("mx1", settings.sessionTimeout().multipliedBy(2), events::add);
        assertThat(events).hasSize(1);
        assertThat(state.host("mx1").getIds()).isEqualTo(1);
        logToEvents.idle("mx1", settings.idsKept().plusHours(1), events::add);
        assertThat(state.host("mx1")).isNull();
        assertThat(state.hosts()).isEmpty();
    }

    @Test
    void statementOfOneHostTooMany_isAnErrorAndTheOthersGoOn() {
        Feed feed = new Feed(
                CorrelatorSettings.defaults().withBounds(new CorrelatorSettings.Bounds(2, 10, 10, 10, 10, 10)));
        for (String host : List.of("mx1", "mx2", "mx3", "mx1")) {
            feed.raw("2026-11-16T08:00:01+00:00 " + host + " postfix/smtpd[7]: connect from unknown[192.0.2.1]");
        }
        feed.raw("2026-11-16T08:00:02+00:00 mx4 sshd[7]: what is no statement about mail");
        assertThat(feed.errors).extracting(LineError::reason).containsExactly(LineError.Reason.TOO_MANY_HOSTS);
        assertThat(feed.statistics.held()).isEqualTo(3);
    }

    @Test
    void linesThatWait_areBounded() {
        CorrelatorSettings.Bounds few = new CorrelatorSettings.Bounds(10, 10, 1_000, 1_000, 1_000, 1_000);
        Feed feed = new Feed(CorrelatorSettings.defaults().withBounds(few));
        for (int i = 0; i < 100; i++) {
            feed.line("08:00:01.%03d smtpd[%d] connect from unknown[192.0.2.1]".formatted(i, i));
            assertThat(feed.statistics.held()).isLessThanOrEqualTo(10);
        }
        assertThat(feed.incidents(Incident.LINE_RELEASED_EARLY)).isEqualTo(90);
    }

    /** Processes that write at the same time, in stamps of whole seconds: no line has come again. */
    @Test
    void sessionsOfOneProcess_whileTimesGoBackASecond_areAllTold() {
        Feed feed = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), Feed.Format.RFC_3164);
        for (int session = 0; session < 6; session++) {
            feed.line("08:00:01 smtpd[7] connect from unknown[192.0.2.1]");
            feed.line("08:00:01 smtpd[7] disconnect from unknown[192.0.2.1] quit=1 commands=1");
            feed.line("08:00:02 smtpd[8] warning: of another process");
        }
        assertThat(feed.settled().of(EventKind.CONNECTION)).hasSize(6);
    }

    /** More lines at once than are taken out together, as after a jump of the clock. */
    @Test
    void manyLinesThatBecomeDueTogether_giveTheSameEvents() {
        Feed together = new Feed(new SerializedCorrelationState());
        Feed oneByOne = new Feed();
        for (int i = 0; i < 3_000; i++) {
            for (String line : SESSION.formatted(1, 10_000 + i).lines().toList()) {
                together.line(line);
                oneByOne.lines(line);
            }
        }
        assertThat(together.settled().ids()).containsExactlyInAnyOrderElementsOf(oneByOne.ids());
        assertThat(together.statistics.held()).isZero();
    }

    @Test
    void redaction_takesLocalPartsOutOfEvents() {
        CorrelatorSettings settings = CorrelatorSettings.defaults().withRedaction(RedactionSettings.hash(new byte[16]));
        String line = "08:00:01 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.1]: 550 5.1.1"
                + " <jane.doe@c.example>: Recipient address rejected; from=<john@b.example> to=<jane.doe@c.example> proto=SMTP helo=<h>";
        SmtpEvent event = new Feed(settings).lines(line).only(EventKind.REJECTION);
        assertThat(event.toString()).doesNotContain("jane").doesNotContain("john");
        assertThat(event.getMailFrom()).endsWith("@b.example");
        String hashed = event.getRcptTo();
        assertThat(event.getReason()).isEqualTo("<" + hashed + ">: Recipient address rejected");
        assertThat(new Feed(settings).lines(line).only(EventKind.REJECTION).getRcptTo())
                .isEqualTo(hashed);
        assertThat(new Feed(settings.withRedaction(RedactionSettings.hash(
                                "x".repeat(16).getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                        .lines(line)
                        .only(EventKind.REJECTION)
                        .getRcptTo())
                .isNotEqualTo(hashed);
        assertThat(new Feed(settings.withRedaction(RedactionSettings.drop()))
                        .lines(line)
                        .only(EventKind.REJECTION)
                        .getMailFrom())
                .isEqualTo("redacted@b.example");
    }
}
