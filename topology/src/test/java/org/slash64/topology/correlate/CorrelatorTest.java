package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.CorrelatorSettings.Bounds;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

class CorrelatorTest {

    private static final long REORDERED_SECONDS = CorrelatorSettings.DEFAULT_REORDER.toSeconds();

    private static Bounds bounds() {
        return CorrelatorSettings.defaults().bounds();
    }

    private static final String GOOD = """
            08:00:01.100001 smtpd[10] connect from mail.example.org[2001:db8:1::25]
            08:00:01.200002 smtpd[10] Anonymous TLS connection established from mail.example.org[2001:db8:1::25]: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
            08:00:02.300003 smtpd[10] 4RtY1k2Lz9zQ: client=mail.example.org[2001:db8:1::25]
            08:00:02.400004 cleanup[11] 4RtY1k2Lz9zQ: message-id=<one@example.org>
            08:00:02.500005 qmgr[12] 4RtY1k2Lz9zQ: from=<a@example.org>, size=1234, nrcpt=2 (queue active)
            08:00:03.600006 smtpd[10] disconnect from mail.example.org[2001:db8:1::25] ehlo=2 starttls=1 mail=1 rcpt=2 data=1 quit=1 commands=8
            08:00:04.700007 qmgr[12] 4RtY1k2Lz9zQ: removed
            """;

    private static final String BAD = """
            08:00:01.150000 smtpd[20] connect from unknown[192.0.2.66]
            08:00:01.250000 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 550 5.1.1 <x@example.net>: Recipient address rejected: User unknown; from=<s@bad.example> to=<x@example.net> proto=ESMTP helo=<bad.example>
            08:00:01.350000 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 550 5.1.1 <y@example.net>: Recipient address rejected: User unknown; from=<s@bad.example> to=<y@example.net> proto=ESMTP helo=<bad.example>
            08:00:02.450000 smtpd[20] warning: unknown[192.0.2.66]: SASL LOGIN authentication failed: UGFzc3dvcmQ6
            08:00:05.550000 smtpd[20] lost connection after RCPT from unknown[192.0.2.66]
            08:00:05.560000 smtpd[20] disconnect from unknown[192.0.2.66] ehlo=1 mail=1 rcpt=0/2 auth=0/1 commands=2/5
            """;

    /** Both, line by line as their times go. */
    private static final List<String> MIXED =
            java.util.stream.Stream.concat(GOOD.lines(), BAD.lines()).sorted().toList();

    private static Instant at(String time) {
        return Instant.parse("2026-11-16T" + time + "Z");
    }

    @Test
    void session_withAMessage_givesConnectionAndMessage() {
        Feed feed = new Feed().lines(GOOD);
        assertThat(feed.events).extracting(SmtpEvent::getKind).containsExactly(EventKind.CONNECTION, EventKind.MESSAGE);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message.getTime()).isEqualTo(at("08:00:02.300"));
        assertThat(message.getCountedAt()).isEqualTo(message.getTime());
        assertThat(message.getLate()).isFalse();
        assertThat(message)
                .extracting(
                        SmtpEvent::getMta,
                        SmtpEvent::getHost,
                        SmtpEvent::getService,
                        SmtpEvent::getPid,
                        SmtpEvent::getClient,
                        SmtpEvent::getClientName,
                        SmtpEvent::getQueueId,
                        SmtpEvent::getMessageId,
                        SmtpEvent::getMailFrom,
                        SmtpEvent::getSize,
                        SmtpEvent::getRecipients,
                        SmtpEvent::getTlsProtocol)
                .containsExactly(
                        "postfix",
                        "mx1",
                        "smtpd",
                        10L,
                        "2001:db8:1::25",
                        "mail.example.org",
                        "4RtY1k2Lz9zQ",
                        "one@example.org",
                        "a@example.org",
                        1234L,
                        2,
                        "TLSv1.3");
        SmtpEvent connection = feed.only(EventKind.CONNECTION);
        assertThat(connection.getTime()).isEqualTo(at("08:00:01.100"));
        assertThat(connection.getEnd()).isEqualTo(SessionEnd.QUIT);
        assertThat(connection.getDuration()).isEqualTo(2500);
        assertThat(connection.getCommands())
                .contains(entry("rcpt", 2), entry("data", 1))
                .doesNotContainKey("commands");
        assertThat(connection.getCommandsFailed()).isEmpty();
        assertThat(connection.getConnection())
                .isEqualTo(message.getConnection())
                .hasSize(32);
        assertThat(connection.getId()).matches("[0-9a-f]{32}").isNotEqualTo(connection.getConnection());
    }

    @Test
    void session_withRefusals_givesEachOfThem() {
        Feed feed = new Feed().lines(BAD);
        assertThat(feed.of(EventKind.REJECTION))
                .extracting(
                        SmtpEvent::getStage,
                        SmtpEvent::getReplyCode,
                        SmtpEvent::getEnhancedStatus,
                        SmtpEvent::getRcptTo,
                        SmtpEvent::getHelo)
                .containsExactly(
                        tuple("RCPT", 550, "5.1.1", "x@example.net", "bad.example"),
                        tuple("RCPT", 550, "5.1.1", "y@example.net", "bad.example"),
                        tuple("AUTH", 535, null, null, "bad.example"));
        SmtpEvent connection = feed.only(EventKind.CONNECTION);
        assertThat(connection.getEnd()).isEqualTo(SessionEnd.LOST);
        assertThat(connection.getStage()).isEqualTo("RCPT");
        assertThat(connection.getCommands()).contains(entry("rcpt", 0));
        assertThat(connection.getCommandsFailed()).containsOnly(entry("rcpt", 2), entry("auth", 1));
        assertThat(connection.getSaslMethod()).isNull();
        assertThat(feed.events).extracting(SmtpEvent::getConnection).containsOnly(connection.getConnection());
        assertThat(feed.ids()).doesNotHaveDuplicates();
    }

    @Test
    void sessions_interleaved_giveTheSameAsApart() {
        List<SmtpEvent> apart = new Feed().lines(GOOD).events;
        apart.addAll(new Feed().lines(BAD).events);
        assertThat(new Feed().lines(MIXED).events).containsExactlyInAnyOrderElementsOf(apart);
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void ids_ofAnyFormat_areTheSame(Feed.Format format) {
        Feed feed = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), format).lines(MIXED);
        assertThat(feed.ids()).isEqualTo(new Feed().lines(MIXED).ids());
    }

    @Test
    void ids_ofKnownLines_neverChange() {
        assertThat(new Feed().lines(GOOD).ids())
                .containsExactly("b39f1083bc998f25999b629223cb1645", "33c0e3d649e26c23497b40c95432b03d");
    }

    @Test
    void log_inTwoPiecesAnywhere_givesTheSame() {
        List<SmtpEvent> whole = new Feed().lines(MIXED).events;
        for (int cut = 0; cut <= MIXED.size(); cut++) {
            SerializedCorrelationState state = new SerializedCorrelationState();
            List<SmtpEvent> pieces = new ArrayList<>(new Feed(state).lines(MIXED.subList(0, cut)).events);
            pieces.addAll(new Feed(state).lines(MIXED.subList(cut, MIXED.size())).events);
            assertThat(pieces).containsExactlyInAnyOrderElementsOf(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void log_givenTwice_addsNothing(Feed.Format format) {
        Feed feed = new Feed(new SerializedCorrelationState(), CorrelatorSettings.defaults(), format).lines(MIXED);
        List<SmtpEvent> once = List.copyOf(feed.events);
        feed.lines(MIXED).lines(MIXED);
        assertThat(feed.events).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void log_resentFromAnywhereToAnywhere_addsAndLosesNothing(Feed.Format format) {
        List<String> expected = ids(MIXED, format);
        for (int cut = 1; cut <= MIXED.size(); cut++) {
            for (int back = 0; back < cut; back++) {
                List<String> lines = new ArrayList<>(MIXED.subList(0, cut));
                if (format == Feed.Format.RFC_3164 && seconds(back, cut - 1) <= REORDERED_SECONDS) {
                    continue; // without fractions a line sent again at once is no different from an equal one
                }
                lines.addAll(MIXED.subList(back, MIXED.size()));
                assertThat(ids(lines, format)).as("%s to %s", back, cut).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static long seconds(int from, int to) {
        return Duration.between(time(MIXED.get(from)), time(MIXED.get(to))).toSeconds();
    }

    private static LocalTime time(String line) {
        return LocalTime.parse(line.substring(0, 8));
    }

    private static List<String> ids(List<String> lines, Feed.Format format) {
        return new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), format)
                .lines(lines)
                .ids();
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void burstOfOneClient_resentFromItsMiddle_addsAndLosesNothing(Feed.Format format) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String time = "08:00:%02d.%d00".formatted(i / 6, i % 6 + 1);
            lines.add(time + " smtpd[20] connect from unknown[192.0.2.66]");
            lines.add(time + "1 smtpd[20] disconnect from unknown[192.0.2.66] commands=0/0");
        }
        List<String> expected = ids(lines, format);
        assertThat(expected).hasSize(60).doesNotHaveDuplicates();
        int again = 13 + (int) (format == Feed.Format.RFC_3164 ? 12 * REORDERED_SECONDS : 0);
        for (int cut = again; cut < lines.size(); cut++) {
            List<String> resent = new ArrayList<>(lines.subList(0, cut));
            resent.addAll(lines.subList(cut - again, lines.size()));
            assertThat(ids(resent, format)).as("cut at %s", cut).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void olderLog_afterANewerOne_losesNothingAlthoughProcessIdsRecur() {
        String newer = "09:00:00 smtpd[10] connect from unknown[192.0.2.9]\n";
        Feed feed = new Feed().lines(newer).lines(MIXED);
        assertThat(feed.ids())
                .containsExactlyInAnyOrderElementsOf(new Feed().lines(MIXED).ids());
        feed.lines("09:00:05 smtpd[10] disconnect from unknown[192.0.2.9] quit=1 commands=1");
        assertThat(feed.events.get(feed.events.size() - 1).getEnd()).isEqualTo(SessionEnd.QUIT);
    }

    @ParameterizedTest
    @EnumSource(Feed.Format.class)
    void equalLines_inOneSecond_areAllCounted(Feed.Format format) {
        String session = """
                08:00:01.10 smtpd[20] connect from unknown[192.0.2.66]
                08:00:01.11 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 550 5.1.1 no; from=<> to=<x@example.net> proto=SMTP helo=<h>
                08:00:01.12 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 550 5.1.1 no; from=<> to=<x@example.net> proto=SMTP helo=<h>
                08:00:01.13 smtpd[20] disconnect from unknown[192.0.2.66] quit=1 commands=1
                08:00:01.20 smtpd[20] connect from unknown[192.0.2.66]
                08:00:01.21 smtpd[20] NOQUEUE: reject: RCPT from unknown[192.0.2.66]: 550 5.1.1 no; from=<> to=<x@example.net> proto=SMTP helo=<h>
                08:00:01.23 smtpd[20] disconnect from unknown[192.0.2.66] quit=1 commands=1
                08:00:09.00 smtpd[21] connect from unknown[192.0.2.1]
                """;
        Feed feed = new Feed(new MemoryCorrelationState(), CorrelatorSettings.defaults(), format).lines(session);
        assertThat(feed.of(EventKind.REJECTION)).hasSize(3);
        assertThat(feed.of(EventKind.CONNECTION)).hasSize(2);
        assertThat(feed.of(EventKind.CONNECTION).map(SmtpEvent::getConnection)).doesNotHaveDuplicates();
        assertThat(feed.ids())
                .doesNotHaveDuplicates()
                .isEqualTo(new Feed().lines(session).ids());
        feed.lines(session);
        assertThat(feed.events).hasSize(5);
    }

    @Test
    void message_queueLineBeforeClientLine_isTheSameMessage() {
        List<String> lines = new ArrayList<>(GOOD.lines().toList());
        lines.add(2, lines.remove(4));
        Feed swapped = new Feed().lines(lines);
        assertThat(swapped.only(EventKind.MESSAGE).getId())
                .isEqualTo(new Feed().lines(GOOD).only(EventKind.MESSAGE).getId());
        assertThat(swapped.only(EventKind.MESSAGE).getSize()).isEqualTo(1234);
    }

    @Test
    void message_queueLineAfterDisconnect_keepsSessionKnowledge() {
        List<String> lines = new ArrayList<>(GOOD.lines().toList());
        lines.add(5, lines.remove(4));
        SmtpEvent message = new Feed().lines(lines).only(EventKind.MESSAGE);
        assertThat(message.getTlsProtocol()).isEqualTo("TLSv1.3");
        assertThat(message.getMessageId()).isEqualTo("one@example.org");
    }

    @Test
    void message_queueLineAfterProcessServesAnother_keepsWhatWasKnown() {
        Feed feed = new Feed().lines(GOOD.lines().limit(4).toList()).lines("""
                        08:00:03 smtpd[10] disconnect from mail.example.org[2001:db8:1::25] data=1 quit=1 commands=2
                        08:00:03 smtpd[10] connect from unknown[192.0.2.9]
                        08:00:04 qmgr[12] 4RtY1k2Lz9zQ: from=<a@example.org>, size=1234, nrcpt=2 (queue active)
                        """);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message.getClient()).isEqualTo("2001:db8:1::25");
        assertThat(message.getTlsProtocol()).isEqualTo("TLSv1.3");
        assertThat(message.getConnection())
                .isEqualTo(feed.only(EventKind.CONNECTION).getConnection());
    }

    @Test
    void message_retriedFromTheQueue_isNoSecondMessage() {
        Feed feed = new Feed()
                .lines(GOOD.lines().limit(6).toList())
                .lines("08:20:00 qmgr[12] 4RtY1k2Lz9zQ: from=<a@example.org>, size=1234, nrcpt=2 (queue active)");
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(1);
    }

    @Test
    void queueId_usedAgainWithoutRemoved_isAnotherMessage() {
        Feed feed = new Feed().lines("""
                        08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                        08:00:01 smtpd[10] ABCDEF12: client=a.example[192.0.2.1]
                        08:00:01 qmgr[12] ABCDEF12: from=<one@a.example>, size=1, nrcpt=1 (queue active)
                        08:00:02 smtpd[10] disconnect from a.example[192.0.2.1]
                        08:00:30 smtpd[10] connect from b.example[192.0.2.2]
                        08:00:31 smtpd[10] ABCDEF12: client=b.example[192.0.2.2]
                        08:00:31 qmgr[12] ABCDEF12: from=<two@b.example>, size=2, nrcpt=1 (queue active)
                        """);
        assertThat(feed.of(EventKind.MESSAGE))
                .extracting(SmtpEvent::getClient, SmtpEvent::getMailFrom)
                .containsExactly(tuple("192.0.2.1", "one@a.example"), tuple("192.0.2.2", "two@b.example"));
    }

    @Test
    void queueId_ofALocalMessageUsedAgain_doesNotLendItsSender() {
        Feed feed = new Feed().lines("""
                        08:00:01 cleanup[11] ABCDEF12: message-id=<cron@mx1.example.net>
                        08:00:01 qmgr[12] ABCDEF12: from=<root@mx1.example.net>, size=1, nrcpt=1 (queue active)
                        08:00:30 smtpd[10] connect from b.example[192.0.2.2]
                        08:00:31 smtpd[10] ABCDEF12: client=b.example[192.0.2.2]
                        """);
        assertThat(feed.events).isEmpty();
        feed.lines("08:00:31 qmgr[12] ABCDEF12: from=<two@b.example>, size=2, nrcpt=1 (queue active)");
        assertThat(feed.only(EventKind.MESSAGE).getMailFrom()).isEqualTo("two@b.example");
        assertThat(feed.only(EventKind.MESSAGE).getMessageId()).isNull();
    }

    @Test
    void message_refusedByCleanup_isARejectionOfTheSession() {
        Feed feed = new Feed().lines("""
                        08:00:01 submission/smtpd[10] connect from a.example[192.0.2.1]
                        08:00:01 submission/smtpd[10] ABCDEF12: client=a.example[192.0.2.1]
                        08:00:02 cleanup[11] ABCDEF12: milter-reject: END-OF-MESSAGE from a.example[192.0.2.1]: 5.7.1 Blocked; from=<s@a.example> to=<r@example.net> proto=ESMTP helo=<a.example>
                        08:00:03 submission/smtpd[10] disconnect from a.example[192.0.2.1] ehlo=1 mail=1 rcpt=1 data=0/1 quit=1 commands=4/5
                        10:00:03 submission/smtpd[10] connect from a.example[192.0.2.1]
                        """);
        SmtpEvent rejection = feed.only(EventKind.REJECTION);
        assertThat(rejection)
                .extracting(
                        SmtpEvent::getService,
                        SmtpEvent::getPid,
                        SmtpEvent::getQueueId,
                        SmtpEvent::getStage,
                        SmtpEvent::getReplyCode,
                        SmtpEvent::getEnhancedStatus,
                        SmtpEvent::getReason)
                .containsExactly("submission/smtpd", 10L, "ABCDEF12", "END-OF-MESSAGE", null, "5.7.1", "Blocked");
        assertThat(rejection.getConnection())
                .isEqualTo(feed.only(EventKind.CONNECTION).getConnection());
        assertThat(feed.of(EventKind.MESSAGE)).isEmpty();
        assertThat(feed.incidents(Incident.MESSAGE_ABANDONED)).isZero();
    }

    @Test
    void message_withOneRecipientRefused_isBoth() {
        Feed feed = new Feed().lines("""
                        08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                        08:00:01 smtpd[10] ABCDEF12: client=a.example[192.0.2.1]
                        08:00:01 smtpd[10] ABCDEF12: reject: RCPT from a.example[192.0.2.1]: 550 5.1.1 no; from=<s@a.example> to=<x@example.net> proto=ESMTP helo=<a.example>
                        08:00:02 qmgr[12] ABCDEF12: from=<s@a.example>, size=1, nrcpt=1 (queue active)
                        """);
        assertThat(feed.only(EventKind.REJECTION).getQueueId()).isEqualTo("ABCDEF12");
        assertThat(feed.only(EventKind.MESSAGE).getHelo()).isEqualTo("a.example");
    }

    @Test
    void message_authenticated_saysHow() {
        Feed feed = new Feed().lines("""
                        08:00:01 submission/smtpd[10] connect from a.example[192.0.2.1]
                        08:00:01 submission/smtpd[10] ABCDEF12: client=a.example[192.0.2.1], sasl_method=PLAIN, sasl_username=me
                        08:00:02 qmgr[12] ABCDEF12: from=<me@example.net>, size=1, nrcpt=1 (queue active)
                        08:00:03 submission/smtpd[10] disconnect from a.example[192.0.2.1] data=1 quit=1 commands=2
                        """);
        assertThat(feed.events)
                .extracting(SmtpEvent::getSaslMethod)
                .containsOnly("PLAIN")
                .hasSize(2);
    }

    @Test
    void message_ofLocalOrigin_isNoEvent() {
        Feed feed = new Feed().lines("""
                        08:00:01 pickup[13] ABCDEF12: uid=0 from=<root>
                        08:00:01 cleanup[11] ABCDEF12: message-id=<cron@mx1.example.net>
                        08:00:01 qmgr[12] ABCDEF12: from=<root@mx1.example.net>, size=1, nrcpt=1 (queue active)
                        08:00:02 qmgr[12] ABCDEF12: removed
                        """);
        assertThat(feed.events).isEmpty();
    }

    @Test
    void message_whoseQueueLineNeverComes_isJudgedByTheCounters() {
        String log = """
                08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                08:00:01 smtpd[10] ABCDEF12: client=a.example[192.0.2.1]
                08:00:02 smtpd[10] disconnect from a.example[192.0.2.1] mail=1 rcpt=1 data=%s quit=1 commands=3
                09:30:00 smtpd[11] connect from b.example[192.0.2.2]
                """;
        Feed accepted = new Feed().lines(log.formatted("1"));
        assertThat(accepted.only(EventKind.MESSAGE).getQueueId()).isEqualTo("ABCDEF12");
        assertThat(accepted.only(EventKind.MESSAGE).getLate()).isTrue();
        Feed refused = new Feed().lines(log.formatted("0/1"));
        assertThat(refused.of(EventKind.MESSAGE)).isEmpty();
        assertThat(refused.incidents(Incident.MESSAGE_ABANDONED)).isOne();
    }

    @Test
    void message_removedBeforeItsQueueLineWasSeen_wasAccepted() {
        Feed feed = new Feed().lines("""
                        08:00:01 smtpd[10] ABCDEF12: client=a.example[192.0.2.1]
                        08:00:03 qmgr[12] ABCDEF12: removed
                        """);
        assertThat(feed.only(EventKind.MESSAGE).getMailFrom()).isNull();
    }

    @Test
    void connect_inABusyProcess_endsTheOldSessionUnseen() {
        Feed feed = new Feed().lines("""
                        08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                        08:05:00 smtpd[10] connect from b.example[192.0.2.2]
                        08:05:01 smtpd[10] disconnect from b.example[192.0.2.2] quit=1 commands=1
                        """);
        assertThat(feed.of(EventKind.CONNECTION))
                .extracting(SmtpEvent::getClient, SmtpEvent::getEnd, SmtpEvent::getDuration, SmtpEvent::getLate)
                .containsExactly(
                        tuple("192.0.2.1", SessionEnd.UNSEEN, null, true),
                        tuple("192.0.2.2", SessionEnd.QUIT, 1000L, false));
        assertThat(feed.events.get(0).getCountedAt()).isEqualTo(at("08:05:00"));
    }

    @Test
    void session_silentForAnHourOfTheLog_endsUnseen() {
        Feed feed = new Feed()
                .lines("08:00:01 smtpd[10] connect from a.example[192.0.2.1]")
                .lines("08:59:00 smtpd[11] connect from b.example[192.0.2.2]");
        assertThat(feed.events).isEmpty();
        feed.lines("09:04:30 smtpd[12] connect from c.example[192.0.2.3]");
        assertThat(feed.only(EventKind.CONNECTION).getEnd()).isEqualTo(SessionEnd.UNSEEN);
        assertThat(feed.incidents(Incident.SESSION_UNSEEN)).isOne();
    }

    @Test
    void timeOut_ofTheSession_isTold() {
        Feed feed = new Feed().lines("""
                        08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                        08:00:31 smtpd[10] timeout after DATA (77 bytes) from a.example[192.0.2.1]
                        08:00:31 smtpd[10] disconnect from a.example[192.0.2.1] data=0/1 commands=0/1
                        """);
        assertThat(feed.only(EventKind.CONNECTION).getEnd()).isEqualTo(SessionEnd.TIMEOUT);
        assertThat(feed.only(EventKind.CONNECTION).getStage()).isEqualTo("DATA");
    }

    @Test
    void log_thatStartsInASession_keepsItsRefusalsAndInventsNoConnection() {
        Feed feed = new Feed().lines(BAD.lines().skip(2).toList());
        assertThat(feed.of(EventKind.REJECTION)).hasSize(2);
        assertThat(feed.of(EventKind.CONNECTION)).isEmpty();
        assertThat(feed.events)
                .extracting(SmtpEvent::getConnection)
                .containsOnly(feed.events.get(0).getConnection());
        Feed end = new Feed().lines(BAD.lines().skip(5).toList());
        assertThat(end.events).isEmpty();
        assertThat(end.incidents(Incident.DISCONNECT_WITHOUT_CONNECT)).isOne();
    }

    @Test
    void refusalByAFilter_takesTheClientOfTheSession() {
        String reject =
                "08:00:02 smtpd[10] proxy-reject: END-OF-MESSAGE: 554 5.7.0 spam; from=<> to=<u@example.net> proto=SMTP helo=<h>";
        Feed feed = new Feed()
                .lines("08:00:01 smtpd[10] connect from a.example[192.0.2.1]")
                .lines(reject);
        assertThat(feed.only(EventKind.REJECTION).getClient()).isEqualTo("192.0.2.1");
        Feed alone = new Feed().lines(reject);
        assertThat(alone.events).isEmpty();
        assertThat(alone.incidents(Incident.FACT_WITHOUT_CLIENT)).isOne();
    }

    @Test
    void connection_longerThanTheLateness_countsWhenItEnds() {
        String log = """
                08:00:01 smtpd[10] connect from a.example[192.0.2.1]
                08:01:01 smtpd[10] disconnect from a.example[192.0.2.1] quit=1 commands=1
                08:02:00 smtpd[10] connect from a.example[192.0.2.1]
                08:03:01 smtpd[10] disconnect from a.example[192.0.2.1] quit=1 commands=1
                """;
        assertThat(new Feed().lines(log).events)
                .extracting(SmtpEvent::getLate, SmtpEvent::getCountedAt)
                .containsExactly(tuple(false, at("08:00:01")), tuple(true, at("08:03:01")));
        assertThat(new Feed(CorrelatorSettings.defaults().withLateness(Duration.ofMinutes(2))).lines(log).events)
                .extracting(SmtpEvent::getLate)
                .containsOnly(false);
    }

    @Test
    void hosts_withEqualProcessAndQueueIds_stayApart() {
        Feed feed = new Feed();
        for (String host : List.of("mx1", "mx2")) {
            feed.raw("2026-11-16T08:00:01Z " + host + " postfix/smtpd[10]: connect from a.example[192.0.2.1]");
        }
        for (String host : List.of("mx1", "mx2")) {
            feed.raw("2026-11-16T08:00:02Z " + host + " postfix/smtpd[10]: disconnect from a.example[192.0.2.1]");
        }
        feed.settled();
        assertThat(feed.of(EventKind.CONNECTION)).extracting(SmtpEvent::getHost).containsExactly("mx1", "mx2");
        assertThat(feed.ids()).doesNotHaveDuplicates();
    }

    @Test
    void idsForgottenAfterTheirAge_letAnEventPassAgain() {
        Feed feed = new Feed(
                CorrelatorSettings.defaults().withIdsKept(Duration.ofHours(2)).withBounds(bounds().withMaxIds(10)));
        feed.lines(GOOD)
                .lines("11:30:00 smtpd[30] connect from unknown[192.0.2.9]")
                .lines(GOOD);
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(2);
        assertThat(feed.of(EventKind.MESSAGE).map(SmtpEvent::getLate)).containsExactly(false, true);
    }

    @Test
    void bounds_evictTheOldestAndStillGiveTheirEvents() {
        Feed feed = new Feed(CorrelatorSettings.defaults().withBounds(new Bounds(10, 1_000, 10, 10, 1_000, 3)));
        for (int i = 10; i < 40; i++) {
            feed.lines("08:00:%02d smtpd[%d] connect from a.example[192.0.2.%d]".formatted(i, i, i));
            feed.lines("08:00:%02d smtpd[%d] ABCDEF%d: client=a.example[192.0.2.%d]".formatted(i, i, i, i));
        }
        assertThat(feed.of(EventKind.CONNECTION))
                .hasSizeBetween(20, 22)
                .extracting(SmtpEvent::getEnd)
                .containsOnly(SessionEnd.UNSEEN);
        assertThat(feed.incidents(Incident.SESSION_EVICTED))
                .isEqualTo(feed.of(EventKind.CONNECTION).count());
        assertThat(feed.incidents(Incident.MESSAGE_EVICTED)).isBetween(20L, 22L);
        for (int i = 0; i < 5; i++) {
            feed.lines(
                    "08:01:0%d smtpd[39] NOQUEUE: reject: RCPT from a.example[192.0.2.39]: 550 no; from=<> to=<x> proto=SMTP helo=<h>"
                            .formatted(i));
        }
        assertThat(feed.of(EventKind.REJECTION)).hasSize(3);
        assertThat(feed.incidents(Incident.EVENT_OVER_BOUND)).isEqualTo(2);
    }

    @Test
    void idsBeyondTheirNumber_areForgottenOldestFirst() {
        Feed feed = new Feed(CorrelatorSettings.defaults().withBounds(bounds().withMaxIds(4)));
        feed.lines(MIXED);
        assertThat(feed.incidents(Incident.ID_EVICTED)).isEqualTo(feed.events.size() - 4L);
    }

    @Test
    void garbageBetweenTheLines_changesNothing() {
        Random random = new Random(5);
        Feed feed = new Feed();
        for (String line : MIXED) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            feed.raw(new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1));
            feed.raw("");
            feed.raw("x".repeat(70_000));
            feed.raw("2026-11-16T08:00:01Z mx1 sshd[10]: connect from a.example[192.0.2.1]");
            feed.raw("2026-11-16T08:00:01Z mx1 postfix/smtpd[10]: connect from a.example[192.0.2.]");
            feed.line(line);
        }
        feed.settled();
        assertThat(feed.events).isEqualTo(new Feed().lines(MIXED).events);
        assertThat(feed.errors).hasSize(4 * MIXED.size());
        assertThat(feed.statistics.lines()).isEqualTo(6L * MIXED.size());
    }

    @Test
    void statistics_countFactsAndEvents() {
        Feed feed = new Feed().lines(MIXED);
        assertThat(feed.statistics.events())
                .containsOnly(
                        entry(EventKind.CONNECTION, 2L), entry(EventKind.MESSAGE, 1L), entry(EventKind.REJECTION, 3L));
        assertThat(feed.statistics.facts().get(org.slash64.connectors.log.SmtpFact.Kind.REJECTED))
                .isEqualTo(2);
    }
}
