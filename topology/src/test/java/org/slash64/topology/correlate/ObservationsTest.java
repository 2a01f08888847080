package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.milter.Message;
import org.slash64.connectors.milter.Observed;
import org.slash64.connectors.milter.Session;
import org.slash64.connectors.observed.ObservedLines;
import org.slash64.connectors.observed.Seal;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.Octets;
import org.slash64.enrichers.dkim.SignatureMaterial;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.dkim.SigningAlgorithm;
import org.slash64.schemas.Address;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.DkimVerdict;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfResult;
import org.slash64.schemas.SpfVerdict;

/** What slash64's milter saw and what the log tells: one event for each message, whether both come or one. */
class ObservationsTest {

    private static final Instant CONNECTED = Instant.parse("2026-11-16T08:00:01.100Z");
    private static final String QUEUE_ID = "4RtY1k2Lz9z01";

    private static final String LOG = """
            2026-11-16T08:00:01.100+00:00 mx1 postfix/smtpd[7]: connect from mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:01.200+00:00 mx1 postfix/smtpd[7]: 4RtY1k2Lz9z01: client=mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:01.350+00:00 mx1 postfix/qmgr[9]: 4RtY1k2Lz9z01: from=<a@example.org>, size=812, nrcpt=1 (queue active)
            2026-11-16T08:00:01.500+00:00 mx1 postfix/smtpd[7]: disconnect from mail.example.org[2001:db8:1::25] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
            2026-11-16T08:00:02.500+00:00 mx1 postfix/qmgr[9]: 4RtY1k2Lz9z01: removed
            """;

    private static final String REFUSED = """
            2026-11-16T08:00:01.100+00:00 mx1 postfix/smtpd[7]: connect from mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:01.200+00:00 mx1 postfix/smtpd[7]: 4RtY1k2Lz9z01: client=mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:01.310+00:00 mx1 postfix/cleanup[8]: 4RtY1k2Lz9z01: milter-reject: END-OF-MESSAGE from mail.example.org[2001:db8:1::25]: 5.7.1 slash64: no; from=<a@example.org> to=<b@example.net> proto=ESMTP helo=<mail.example.org>
            2026-11-16T08:00:01.500+00:00 mx1 postfix/smtpd[7]: disconnect from mail.example.org[2001:db8:1::25] ehlo=1 mail=1 rcpt=1 data=0/1 quit=1 commands=4/5
            """;

    private static final Answer REJECT = new Answer.Reject(new Answer.Reply(550, "5.7.1", "slash64: no"));

    private final CorrelationState state = new SerializedCorrelationState();
    private final Feed feed = new Feed(state);
    private final ObservedLines lines = new ObservedLines(Optional.empty(), 4711, Feed.SEAL);

    private static Session session(String id) {
        return new Session(
                id,
                CONNECTED,
                Optional.of("mx1.example.net"),
                Optional.of("smtpd"),
                25,
                Address.parse("2001:db8:1::25"),
                4711,
                Optional.of("mail.example.org"),
                Optional.empty(),
                Optional.of("mail.example.org"),
                Optional.of("TLSv1.3"),
                Optional.empty());
    }

    private static DkimMaterial material() {
        return material(256);
    }

    private static DkimMaterial material(int signatureBytes) {
        Octets hash = Octets.of(new byte[32]);
        return new DkimMaterial(
                List.of(new SignatureMaterial.Complete(
                        new Signer("example.org", "s1", "@example.org", "rsa-sha256"),
                        SigningAlgorithm.RSA_SHA256,
                        hash,
                        hash,
                        hash,
                        Octets.of(new byte[signatureBytes]),
                        Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                        Optional.empty(),
                        0)),
                0,
                1);
    }

    private String message(String sessionId, Answer given) {
        return message(sessionId, given, "m1@example.org", List.of("example.com"), material());
    }

    private String message(
            String sessionId, Answer given, String messageId, List<String> senderDomains, DkimMaterial dkim) {
        return text(seen(sessionId, given, messageId, senderDomains, dkim, Optional.empty()));
    }

    /** A message that was checked. */
    private Observed checked() {
        Opinion opinion =
                new Opinion(new Answer.NoOpinion(), Opinion.Basis.POLICY, List.of(), Optional.of(Checks.passed()));
        return seen("a1", opinion.answer(), "m1@example.org", List.of("example.com"), material(), Optional.of(opinion));
    }

    private static Observed seen(
            String sessionId,
            Answer given,
            String messageId,
            List<String> senderDomains,
            DkimMaterial dkim,
            Optional<Opinion> opinion) {
        Message message = new Message(
                session(sessionId),
                1,
                CONNECTED.plusMillis(90),
                CONNECTED.plusMillis(200),
                Optional.of(QUEUE_ID),
                "a@example.org",
                List.of("b@example.net"),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.of(messageId),
                812,
                List.of("lists.example.org"),
                senderDomains,
                senderDomains,
                dkim);
        return new Observed.MessageSeen(message, opinion, given);
    }

    private String end(String sessionId) {
        return text(new Observed.SessionSeen(session(sessionId), CONNECTED.plusMillis(400), 1, 0));
    }

    private String text(Observed observed) {
        return new String(lines.line(observed), StandardCharsets.UTF_8);
    }

    private void log(String text) {
        text.lines().forEach(feed::raw);
    }

    private static void assertWhole(SmtpEvent event) {
        assertThat(event.getClient()).isEqualTo("2001:db8:1::25");
        assertThat(event.getQueueId()).isEqualTo(QUEUE_ID);
        assertThat(event.getHelo()).isEqualTo("mail.example.org");
        assertThat(event.getTlsProtocol()).isEqualTo("TLSv1.3");
        assertThat(event.getMessageId()).isEqualTo("m1@example.org");
        assertThat(event.getFromDomains()).containsExactly("lists.example.org");
        assertThat(event.getSenderDomains()).containsExactly("example.com");
        assertThat(event.getDkim().getSignatures()).singleElement().satisfies(signature -> {
            assertThat(signature.getDomain()).isEqualTo("example.org");
            assertThat(signature.getSigned().getSignature().remaining()).isEqualTo(256);
            assertThat(signature.getSigned().getSignedAt()).isEqualTo(1_700_000_000);
        });
    }

    private void assertOneOfEach() {
        assertThat(feed.errors).isEmpty();
        assertThat(feed.of(EventKind.CONNECTION)).hasSize(1);
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(1);
        assertThat(feed.of(EventKind.REJECTION)).isEmpty();
        assertWhole(feed.only(EventKind.MESSAGE));
    }

    @Test
    void observed_withLog_isOneEventOfTheLog() {
        log(LOG);
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(end("a1"));
        feed.settled();
        assertOneOfEach();
        assertThat(feed.only(EventKind.MESSAGE).getMta()).isEqualTo("postfix");
        assertThat(feed.only(EventKind.MESSAGE).getConnection())
                .isEqualTo(feed.only(EventKind.CONNECTION).getConnection());
    }

    @Test
    void observed_beforeTheLog_isOneEventOfTheLog() {
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(end("a1"));
        log(LOG);
        feed.settled();
        assertOneOfEach();
        assertThat(feed.only(EventKind.MESSAGE).getMta()).isEqualTo("postfix");
    }

    @Test
    void observed_withoutLog_isTheEvent() {
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(end("a1"));
        feed.settled();
        assertOneOfEach();
        SmtpEvent event = feed.only(EventKind.MESSAGE);
        assertThat(event.getMta()).isEqualTo("milter");
        assertThat(event.getMailFrom()).isEqualTo("a@example.org");
        assertThat(event.getRecipients()).isEqualTo(1);
        assertThat(event.getConnection())
                .isEqualTo(feed.only(EventKind.CONNECTION).getConnection());
        assertThat(feed.only(EventKind.CONNECTION).getDuration()).isEqualTo(400);
    }

    @Test
    void observed_andTheLogComesFarTooLate_isOneEvent() {
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw("2026-11-16T08:05:00+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        log(LOG);
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(1);
        assertWhole(feed.only(EventKind.MESSAGE));
    }

    /** Its line is stamped with the second before, cut to whole seconds: clocks that tick coarsely do that. */
    @Test
    void observed_withLogInWholeSecondsOfAClockThatIsBehind_isOneEvent() {
        log(LOG.replaceAll("08:00:01\\.[0-9]+", "08:00:00").replace("08:00:02.500", "08:00:02"));
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(end("a1"));
        feed.settled();
        assertOneOfEach();
        assertThat(feed.only(EventKind.MESSAGE).getMta()).isEqualTo("postfix");
    }

    @Test
    void observed_afterTheMessageLeftTheQueue_isOneEvent() {
        feed.raw(end("a0"));
        log(LOG);
        log("2026-11-16T08:00:20+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        assertThat(feed.only(EventKind.MESSAGE).getQueueId()).isEqualTo(QUEUE_ID);
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.settled();
        assertThat(feed.only(EventKind.MESSAGE).getMta()).isEqualTo("postfix");
    }

    @Test
    void observed_afterTheMessageWasHandedOnAndBeforeItLeft_isOneEvent() {
        feed.raw(end("a0"));
        log(LOG.replace("08:00:02.500", "08:00:20.000"));
        log("2026-11-16T08:00:30+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.settled();
        assertThat(feed.only(EventKind.MESSAGE).getMta()).isEqualTo("postfix");
    }

    @Test
    void refused_andObservedTooLate_isOneEvent() {
        feed.raw(end("a0"));
        log(REFUSED);
        log("2026-11-16T08:00:20+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        feed.raw(message("a1", REJECT));
        feed.settled();
        assertThat(feed.only(EventKind.REJECTION).getMta()).isEqualTo("postfix");
    }

    @Test
    void queueId_usedAgainWhileItsFirstMessageIsKept_isTwoEvents() {
        feed.raw(end("a0"));
        log(LOG);
        log(LOG.replace("08:00:0", "08:02:0"));
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(2);
    }

    @Test
    void messageKeptForLateObservations_isForgotten() {
        feed.raw(end("a0"));
        log(LOG);
        log("2026-11-16T08:00:40+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        assertThat(state.host("mx1").getMessages()).isEqualTo(1);
        log("2026-11-16T08:10:30+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        assertThat(state.host("mx1").getMessages()).isZero();
    }

    @Test
    void messageOfAHostWithoutMilter_isForgottenAtOnce() {
        log(LOG);
        log("2026-11-16T08:00:20+00:00 mx1 postfix/smtpd[8]: connect from unknown[192.0.2.1]");
        assertThat(state.host("mx1").getMessages()).isZero();
    }

    @Test
    void observed_andThenTheSameQueueIdAgain_isTwoEvents() {
        feed.raw(message("a1", new Answer.NoOpinion()));
        log(LOG.replace("08:00:0", "08:10:0"));
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).hasSize(2);
    }

    @Test
    void observed_twice_isOneEvent() {
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(message("a1", new Answer.NoOpinion()));
        feed.raw(end("a1"));
        feed.raw(end("a1"));
        feed.settled();
        assertOneOfEach();
    }

    @Test
    void refused_withLog_isOneRejectionWithWhatTheMilterSaw() {
        log(REFUSED);
        feed.raw(message("a1", REJECT));
        feed.raw(end("a1"));
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).isEmpty();
        assertWhole(feed.only(EventKind.REJECTION));
        assertThat(feed.only(EventKind.REJECTION).getMta()).isEqualTo("postfix");
        assertThat(feed.only(EventKind.REJECTION).getReplyCode())
                .as("which Postfix does not log")
                .isEqualTo(550);
    }

    @Test
    void refused_withoutLog_isOneRejection() {
        feed.raw(message("a1", REJECT));
        feed.settled();
        assertThat(feed.of(EventKind.MESSAGE)).isEmpty();
        SmtpEvent event = feed.only(EventKind.REJECTION);
        assertWhole(event);
        assertThat(event.getStage()).isEqualTo("END-OF-MESSAGE");
        assertThat(event.getReplyCode()).isEqualTo(550);
        assertThat(event.getReason()).isEqualTo("slash64: no");
    }

    /** A sender may not keep its message from being an event. */
    @Test
    void observed_withAllThatASenderCanMakeLong_isTheEvent() {
        List<String> domains = IntStream.range(0, 20)
                .mapToObj(i -> "\u20ac".repeat(240) + i + ".example")
                .toList();
        String line = message("a1", new Answer.NoOpinion(), "\u20ac".repeat(1_000), domains, material(100_000));
        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(SyslogParser.MAX_LINE_BYTES);
        feed.raw(line);
        feed.settled();
        assertThat(feed.errors).isEmpty();
        SmtpEvent event = feed.only(EventKind.MESSAGE);
        assertThat(event.getFromDomains()).containsExactly("lists.example.org");
        assertThat(event.getDkim().getSignatures()).singleElement().satisfies(signature -> {
            assertThat(signature.getSigned()).isNull();
            assertThat(signature.getPolicy()).isTrue();
        });
    }

    private SmtpEvent eventOf(String... parts) {
        for (String part : parts) {
            log(part);
        }
        feed.settled();
        assertThat(feed.errors).isEmpty();
        return feed.only(EventKind.MESSAGE);
    }

    @Test
    void verdicts_ofAMilterWithTheKey_areInTheEvent() {
        InlineVerdicts verdicts = eventOf(text(checked())).getInlineVerdicts();
        assertThat(verdicts.getJudgedAt()).isEqualTo(Checks.AT);
        assertThat(verdicts.getFcrdns().getResult()).isEqualTo(FcrdnsResult.PASS);
        assertThat(verdicts.getSpf()).extracting(SpfVerdict::getResult).containsExactly(SpfResult.PASS, SpfResult.NONE);
        assertThat(verdicts.getDkim()).extracting(DkimVerdict::getResult).containsExactly(DkimResult.PASS);
    }

    @Test
    void verdicts_withTheLogOfTheSameMessage_areInItsEvent() {
        SmtpEvent event = eventOf(LOG, text(checked()));
        assertThat(event.getMta()).isEqualTo("postfix");
        assertThat(event.getInlineVerdicts()).isNotNull();
    }

    @Test
    void verdicts_whereTheLogHasAnotherSender_areLeftOut() {
        SmtpEvent event = eventOf(LOG.replace("from=<a@example.org>", "from=<b@example.org>"), text(checked()));
        assertThat(event.getMailFrom()).isEqualTo("b@example.org");
        assertThat(event.getInlineVerdicts()).isNull();
    }

    /** Who can write to the log can say what was seen, as in any line, but not what slash64 found out of it. */
    @Test
    void verdicts_ofSomebodyElse_areLeftOut() {
        String line = text(checked());
        String unsealed = line.substring(0, line.lastIndexOf('}') + 1);
        String other = new String(
                new ObservedLines(Optional.empty(), 4711, new Seal(new byte[] {7})).line(checked()),
                StandardCharsets.UTF_8);
        List<String> forged = List.of(
                unsealed,
                other,
                line.replace("2001:db8:1::25", "2001:db8:66::1"),
                line.replaceFirst("08:00:01.300Z", "08:00:01.301Z"),
                line.replaceFirst(" mx1 ", " mx2 "));
        assertThat(forged).doesNotContain(line).allSatisfy(text -> {
            Feed feed = new Feed().raw(text).settled();
            assertThat(feed.errors).isEmpty();
            assertThat(feed.only(EventKind.MESSAGE).getInlineVerdicts()).isNull();
        });
    }

    @Test
    void verdicts_whereLocalPartsAreDropped_doNotQuoteThem() {
        CorrelatorSettings settings = CorrelatorSettings.defaults().withRedaction(RedactionSettings.drop());
        Feed feed = new Feed(settings).raw(text(checked())).settled();
        assertThat(feed.only(EventKind.MESSAGE).getInlineVerdicts().getSpf())
                .extracting(SpfVerdict::getIdentity)
                .containsExactly(SpfIdentity.HELO);
    }

    @Test
    void line_thatIsNoJson_isAnError() {
        feed.raw("2026-11-16T08:00:01.310Z mx1 slash64/milter[1]: {\"saw\":\"message\"");
        feed.raw(
                "2026-11-16T08:00:01.310Z mx1 slash64/milter[1]: {\"saw\":\"message\",\"session\":\"a\",\"connected\":\"x\","
                        + "\"client\":\"::1\"}");
        feed.settled();
        assertThat(feed.errors).hasSize(2);
        assertThat(feed.events).isEmpty();
    }
}
