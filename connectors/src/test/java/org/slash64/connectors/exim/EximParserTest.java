package org.slash64.connectors.exim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.log.SmtpFact.Piece;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.schemas.Address;

class EximParserTest {

    private static final Address CLIENT = Address.parse("2001:db8::1").orElseThrow();

    private final EximParser parser = new EximParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "exim", 1, message));
    }

    private Rejected rejected(String message) {
        return (Rejected) parse(message);
    }

    private String client(String message) {
        return ((InSession) parse(message)).session().client().toString();
    }

    @Test
    void programs_eximWithASuffix() {
        assertTrue(parser.writes("exim"));
        assertTrue(parser.writes("exim4"));
        assertTrue(parser.writes("exim-in"));
        assertFalse(parser.writes("eximstats"));
        assertFalse(parser.writes("postfix/smtpd"));
    }

    @Test
    void arrival_withAllSelectors() {
        SmtpFact fact = parse("1xVdTq-0001uK-1U <= a@example.com H=mail.example.com (client.example.com)"
                + " [2001:db8::1]:55954 I=[2001:db8::25]:25 Ci=12 P=esmtps L.- X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes"
                + " DN=\"O=Example\\, Inc,CN=Client.example.com\" SNI=mx.example.org S=349 M8S=0 RT=0.002s"
                + " id=abc@example.com T=\"hi \\\"there\\\" [192.0.2.9] id=x\" from <a@example.com> for b@example.org");
        Session session = new Session("exim", "2001:db8::1:55954", CLIENT, "mail.example.com");
        Envelope envelope = new Envelope("a@example.com", "b@example.org", "ESMTP", "client.example.com", null);
        Tls tls = new Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of("client.example.com"));
        assertEquals(new Received(session, "1xVdTq-0001uK-1U", envelope, "abc@example.com", 349L, 1, tls), fact);
    }

    @Test
    void arrival_bySmtpWithoutSelectors() {
        SmtpFact fact = parse("1xVdTq-00000001uK-1U <= <> H=[2001:db8::1] P=smtp S=5");
        assertThat(fact).isEqualTo(new Ignored(Why.UNKNOWN_STATEMENT));
        fact = parse("1xVdTq-000000001uK-1U00 <= <> H=[2001:db8::1] P=smtp S=5");
        Envelope envelope = new Envelope("", null, "SMTP", null, null);
        Session session = new Session("exim", null, CLIENT, null);
        assertEquals(new Received(session, "1xVdTq-000000001uK-1U00", envelope, null, 5L, null, null), fact);
    }

    @Test
    void arrival_helloThatIsTheHostNameIsNotLoggedTwice() {
        Received fact =
                (Received) parse("1xVdTq-0001uK-1U <= a@example.com H=mail.example.com [2001:db8::1] P=esmtp S=5");
        assertEquals("mail.example.com", fact.envelope().helo());
    }

    @Test
    void arrival_submission() {
        Received fact = (Received) parse("1xVdTq-0001uK-1U <= \"a b\"@example.com H=([192.168.2.33]) [2001:db8::1]:5"
                + " I=[192.0.2.25]:587 P=esmtpsa X=TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=no"
                + " A=dovecot_plain:user@example.com S=5 for b@example.org \"c d\"@example.org");
        assertEquals("submission", fact.session().service());
        assertEquals("\"a b\"@example.com", fact.envelope().from());
        assertEquals("[192.168.2.33]", fact.envelope().helo());
        assertEquals("dovecot_plain", fact.envelope().saslMethod());
        assertEquals(2, fact.recipients());
        assertNull(fact.envelope().to());
        assertEquals("TLSv1.2", fact.tls().protocol());
        assertEquals("ECDHE-RSA-AES256-GCM-SHA384", fact.tls().cipher());
    }

    @Test
    void arrival_namesOfACertificateThatIsNotTrusted_areLeftOut() {
        Received fact = (Received) parse("1xVdTq-0001uK-1U <= a@example.com H=x [2001:db8::1] P=esmtps X=TLS1.3:C:256"
                + " CV=no DN=\"/C=UK/CN=bank.example.com\" S=5");
        assertEquals(List.of(), fact.tls().names());
        fact = (Received) parse("1xVdTq-0001uK-1U <= a@example.com H=x [2001:db8::1] P=esmtps X=TLS1.3:C:256"
                + " CV=yes DN=\"/C=UK/CN=client.example.com\" S=5");
        assertEquals(List.of("client.example.com"), fact.tls().names());
    }

    @Test
    void arrival_certificateThatImitatesAnAuthentication_isNotBelieved() {
        Received fact = (Received) parse("1xVdTq-0001uK-1U <= a@example.com H=x [2001:db8::1] P=esmtps X=TLS1.3:C:256"
                + " CV=no DN=\"x\" A=plain:admin P=esmtpx SNI=\"\" S=5 id=a@b");
        assertNull(fact.envelope().saslMethod());
        assertEquals(5L, fact.size());
    }

    @Test
    void arrival_subjectThatImitatesAHost_isNotBelieved() {
        assertEquals(
                "2001:db8::1",
                client("1xVdTq-0001uK-1U <= a@example.com H=(x) [2001:db8::1] P=esmtp S=5 id=a@b"
                        + " T=\"(y) [192.0.2.9] P=esmtp S=3 id=y\" for b@example.org"));
    }

    @Test
    void arrival_helloThatImitatesAHost_isNotBelieved() {
        assertEquals(
                "2001:db8::1",
                client(
                        "1xVdTq-0001uK-1U <= a@example.com H=(x) [192.0.2.9] P=esmtp S=5 id=() [2001:db8::1] P=esmtp S=5"));
        assertEquals(
                "2001:db8::1",
                client(
                        "1xVdTq-0001uK-1U <= a@example.com H=mail.example.com (x [192.0.2.9]) [2001:db8::1] P=esmtp S=5"));
    }

    @Test
    void arrival_unknownField_hidesNothingBeforeIt() {
        Received fact = (Received) parse("1xVdTq-0001uK-1U <= a@example.com H=(x) [2001:db8::1] P=esmtp NEW=1 S=5");
        assertEquals(CLIENT, fact.session().client());
        assertEquals("ESMTP", fact.envelope().protocol());
    }

    @Test
    void arrival_ofTheServersOwn_isIgnored() {
        for (String line : List.of(
                "1xVdTq-0001uK-1U <= root@mx.example.org U=root P=local S=5",
                "1xVdTq-0001uK-1U <= <> R=1xVdTq-0001uI-0P U=Debian-exim P=local S=5",
                "1xVdTq-0001uK-1U <= root@mx.example.org U=root P=local-esmtp S=5 T=\"H=[192.0.2.1]\"")) {
            assertEquals(new Ignored(Why.LOCAL_ORIGIN), parse(line));
        }
    }

    @Test
    void completed_removesTheMessage() {
        assertEquals(new Removed("1xVdTq-0001uK-1U"), parse("1xVdTq-0001uK-1U Completed QT=1s"));
    }

    @Test
    void deliveries_areIgnored() {
        for (String line : List.of(
                "=> b <b@example.org> R=x T=y",
                "** b@example.org: no",
                "== b R=x defer (-44): H=x [192.0.2.1]",
                "H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after MAIL FROM:<>: 450 no")) {
            assertEquals(new Ignored(Why.NOT_RECEPTION), parse("1xVdTq-0001uK-1U " + line), line);
        }
    }

    @Test
    void refusal_ofARecipient() {
        Rejected fact = rejected("H=(x) [2001:db8::1]:55996 I=[2001:db8::25]:25 X=TLS1.3:C:256 CV=no F=<a@example.com>"
                + " rejected RCPT <b@example.org>: 550 5.1.1 No such user here");
        Envelope envelope = new Envelope("a@example.com", "b@example.org", null, "x", null);
        Session session = new Session("exim", "2001:db8::1:55996", CLIENT, null);
        Reply reply = new Reply(550, "5.1.1", "No such user here");
        assertEquals(new Rejected(session, null, "RCPT", reply, envelope, false, true), fact);
    }

    @Test
    void refusal_withoutACode_isPermanentOrTemporaryByItsWords() {
        assertEquals(
                new Reply(550, null, "relay not permitted"),
                rejected("H=(x) [2001:db8::1] F=<> rejected RCPT <b@example.org>: relay not permitted")
                        .reply());
        assertEquals(
                new Reply(450, null, "Greylisted"),
                rejected("H=(x) [2001:db8::1] F=<> temporarily rejected RCPT <b@example.org>: Greylisted")
                        .reply());
        assertEquals(
                new Reply(550, null, "100 messages an hour are enough"),
                rejected("H=(x) [2001:db8::1] F=<> rejected RCPT <b@example.org>: 100 messages an hour are enough")
                        .reply());
        assertEquals(
                new Reply(550, null, ""),
                rejected("H=(x) [2001:db8::1] F=<> rejected RCPT <b@example.org>")
                        .reply());
    }

    @Test
    void refusal_stages() {
        Map<String, String> stages = Map.of(
                "H=[2001:db8::1] rejected connection in \"connect\" ACL: Country is banned", "CONNECT",
                "H=[2001:db8::1]:62839 dropped by 'connect' ACL: Country is banned", "CONNECT",
                "H=(x) [2001:db8::1] rejected EHLO or HELO x: bad", "HELO",
                "H=(x) [2001:db8::1] rejected MAIL <a@example.com>: bad", "MAIL",
                "H=(x) [2001:db8::1] rejected AUTH PLAIN: bad", "AUTH",
                "H=(x) [2001:db8::1] rejected STARTTLS : bad", "STARTTLS",
                "H=(x) [2001:db8::1] F=<a@example.com> rejected DATA: bad", "DATA",
                "1xVdTq-0001uK-1U H=(x) [2001:db8::1] F=<a@b> rejected after DATA: bad", "END-OF-MESSAGE",
                "1xVdTq-0001uK-1U F=a@b H=(x) [2001:db8::1] P=smtp rejected by local_scan(): bad", "END-OF-MESSAGE",
                "1xVdTq-0001uK-1U H=(x) [2001:db8::1] F=<a@b> rejected during MIME ACL checks: bad", "END-OF-MESSAGE");
        stages.forEach((line, stage) -> assertEquals(stage, rejected(line).stage(), line));
    }

    @Test
    void refusal_ofAMessageEndsIt_ofOneRecipientsDataDoesNot() {
        assertTrue(rejected("1xVdTq-0001uK-1U H=(x) [2001:db8::1] F=<a@b> rejected after DATA: bad")
                .endsMessage());
        assertFalse(rejected("1xVdTq-0001uK-1U H=(x) [2001:db8::1] F=<a@b> rejected after DATA PRDR: bad")
                .endsMessage());
    }

    @Test
    void refusal_addressesWithoutBracketsAndWithColons() {
        Rejected fact = rejected("H=(x) [2001:db8::1] F=a@example.com rejected RCPT b@example.org: no");
        assertEquals("a@example.com", fact.envelope().from());
        assertEquals("b@example.org", fact.envelope().to());
        fact = rejected(
                "H=(x) [2001:db8::1] F=<\"a> x\"@example.com> rejected RCPT <\"b: c\"@example.org> NOTIFY=NEVER: no");
        assertEquals("\"a> x\"@example.com", fact.envelope().from());
        assertEquals("\"b: c\"@example.org", fact.envelope().to());
        assertEquals("no", fact.reply().text());
    }

    @Test
    void refusal_ofAnAuthenticatedSender() {
        assertEquals(
                "plain",
                rejected("H=(x) [2001:db8::1] F=<a@b> A=plain:user rejected RCPT <c@d>: no")
                        .envelope()
                        .saslMethod());
        assertNull(rejected("H=(x) [2001:db8::1] X=TLS1.3:C:256 DN=\"x\" A=plain:user F=<a@b> rejected RCPT <c@d>: no")
                .envelope()
                .saslMethod());
    }

    @Test
    void refusal_wordsOfTheReasonThatImitateAHost_areNotBelieved() {
        assertEquals(
                "2001:db8::1",
                client(
                        "H=(x) [2001:db8::1] F=<> rejected RCPT <b@c>: see (y) [192.0.2.9] F=<> rejected RCPT <d@e>: no"));
    }

    @Test
    void refusal_helloThatImitatesAHost_isNotBelieved() {
        assertEquals(
                "2001:db8::1",
                client("H=(x) [192.0.2.9] y) [2001:db8::1] F=<> rejected RCPT <b@c>: relay not permitted"));
    }

    @Test
    void refusal_ofTheServersOwn_isIgnored() {
        assertEquals(new Ignored(Why.LOCAL_ORIGIN), parse("U=root F=<x@y> rejected RCPT <userx@test.ex>: no"));
    }

    @Test
    void refusals_thatEximMakesByItself() {
        Map<String, Reply> replies = Map.of(
                "rejected HELO from [2001:db8::1]: syntactically invalid argument(s): x y [192.0.2.9]",
                new Reply(501, null, "syntactically invalid argument(s): x y [192.0.2.9]"),
                "rejected MAIL from [2001:db8::1]:5: no HELO/EHLO given",
                new Reply(503, null, "no HELO/EHLO given"),
                "rejected MAIL FROM:<a@b> H=(x) [2001:db8::1]: message too big: size=9 max=8",
                new Reply(552, null, "message too big: size=9 max=8"),
                "rejected MAIL command H=(x) [2001:db8::1]: too many messages in one connection",
                new Reply(421, null, "too many messages in one connection"),
                "Connection from [2001:db8::1]:4 I=[2001:db8::25]:25 refused: too many connections",
                new Reply(421, null, "too many connections"),
                "refused connection from mail.example.com [2001:db8::1] (host_reject_connection)",
                new Reply(554, null, "(host_reject_connection)"),
                "SMTP protocol error in \"AUTH LOGIN\" H=(x) [2001:db8::1] AUTH command used when not advertised",
                new Reply(503, null, "AUTH command used when not advertised"),
                "SMTP syntax error in \"\" H=[2001:db8::1] unrecognized command",
                new Reply(500, null, "unrecognized command"),
                "unqualified verify rejected: <root> H=[2001:db8::1]:43130 I=[2001:db8::25]:25",
                new Reply(501, null, "unqualified verify"),
                "too many recipients: excess temporarily rejected: sender=<a@b> H=(x) [2001:db8::1]",
                new Reply(452, null, "too many recipients"));
        replies.forEach((line, reply) -> {
            assertEquals(reply, rejected(line).reply(), line);
            assertEquals(CLIENT, rejected(line).session().client(), line);
        });
    }

    @Test
    void commandThatImitatesAHost_isNotBelieved() {
        assertEquals(
                "2001:db8::1",
                client(
                        "SMTP protocol error in \"aUtH lOgIn\" H=(test) [192.0.2.9]\" H=(x) [2001:db8::1] AUTH command used"
                                + " when not advertised"));
        assertEquals(
                "2001:db8::1",
                client("SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised):"
                        + " rejected \"RSET\" H=[2001:db8::1] next input=\"x\" H=[192.0.2.9] next input=\"\""));
        assertEquals(
                Kind.MALFORMED,
                parse("SMTP syntax error in \"MAIL FROM: <a@b\" H=(x) [192.0.2.9] y\" H=(x) [2001:db8::1] malformed"
                                + " address: \" H=(x) [192.0.2.9] y may not follow <a@b")
                        .kind());
    }

    @Test
    void authentication_fails() {
        AuthFailed fact = (AuthFailed) parse("dovecot_login authenticator failed for h.example.com (User)"
                + " [2001:db8::1]:21298 I=[2001:db8::25]:465 Ci=30416: 535 Incorrect authentication data (set_id=a)");
        assertEquals("dovecot_login", fact.method());
        assertEquals("535 Incorrect authentication data (set_id=a)", fact.text());
        assertEquals("smtps", fact.session().service());
    }

    @Test
    void authentication_thatCouldNotBeTried() {
        assertEquals(
                new Ignored(Why.AUTH_UNAVAILABLE),
                parse("login authenticator failed for (x) [2001:db8::1]: 435 Unable to authenticate at present"));
        assertEquals(
                new Ignored(Why.NO_EVENT),
                parse("login authenticator failed for (x) [2001:db8::1]: 501 Authentication cancelled"));
        assertEquals(
                new Ignored(Why.NOT_RECEPTION),
                parse("1xVdTq-0001uK-1U plain authenticator failed H=x [2001:db8::1] 535 Sorry"));
    }

    @Test
    void connect_withAPortIsOne() {
        assertEquals(
                new Connected(new Session("exim", "2001:db8::1:55952", CLIENT, null)),
                parse("SMTP connection from [2001:db8::1]:55952 I=[2001:db8::25]:25 (TCP/IP connection count = 1)"));
        assertEquals(
                new Ignored(Why.NO_EVENT), parse("SMTP connection from [2001:db8::1] (TCP/IP connection count = 1)"));
    }

    @Test
    void othersWords_areKnown() {
        for (String line : List.of(
                "exim 4.96 daemon started: pid=7291, no queue runs",
                "Start queue run: pid=1234",
                "TLS error on connection from (x) [2001:db8::1] (SSL_accept): error",
                "SMTP connection identification H=localhost A=127.0.0.1 P=42 M=1xVdTq-0001uK-1U U=a ID=1 S=a B=b")) {
            assertEquals(new Ignored(Why.NO_EVENT), parse(line), line);
        }
        assertEquals(new Ignored(Why.WARNING), parse("no host name found for IP address 2001:db8::1"));
        assertEquals(new Ignored(Why.WARNING), parse("1xVdTq-0001uK-1U H=(x) [2001:db8::1] Warning: \"spam (5.0)\""));
        assertEquals(new Ignored(Why.UNKNOWN_STATEMENT), parse("what nobody writes"));
    }

    @Test
    void ends() {
        Map<String, Ending> endings = Map.of(
                "SMTP connection from (x) [2001:db8::1] closed by QUIT",
                new Ending(null, null, null, true),
                "SMTP connection Ci=1234 from (x) [2001:db8::1] lost while reading message data (header)",
                new Ending(Loss.LOST, "DATA", null, true),
                "SMTP connection from [2001:db8::1]:43176 lost (error: Connection reset by peer) D=2.008s",
                new Ending(Loss.LOST, null, Duration.ofMillis(2008), true),
                "SMTP call from (x) [2001:db8::1] dropped: too many nonmail commands (last was \"NOOP\")",
                new Ending(Loss.TOO_MANY_ERRORS, "NOOP", null, true),
                "SMTP command timeout on connection from (x) [2001:db8::1]",
                new Ending(Loss.TIMEOUT, null, null, true),
                "SMTP data timeout (message abandoned) on TLS connection from (x) [2001:db8::1] F=<a@b> D=3s",
                new Ending(Loss.TIMEOUT, "DATA", Duration.ofSeconds(3), true),
                "unexpected disconnection while reading SMTP command from (x) [2001:db8::1] D=2m42s",
                new Ending(Loss.LOST, null, Duration.ofSeconds(162), true),
                "no MAIL in SMTP connection from [2001:db8::1] D=1w2d C=EHLO,STARTTLS",
                new Ending(Loss.LOST, "STARTTLS", Duration.ofDays(9), true),
                "no MAIL in SMTP connection from [2001:db8::1] D=0.200s C=...EHLO,QUIT",
                new Ending(null, null, Duration.ofMillis(200), true));
        endings.forEach((line, ending) -> assertEquals(ending, ((Disconnected) parse(line)).ending(), line));
    }

    @Test
    void dkim_isClaimed() {
        Map<String, String> results = Map.of(
                "[verification succeeded]", "pass",
                "[verification failed - body hash mismatch (body probably modified in transit)]", "fail",
                "[invalid - public key record (currently?) unavailable]", "temperror",
                "[invalid - syntax error in public key record]", "permerror");
        results.forEach((words, result) -> {
            Claim claim = new Claim(Method.DKIM, result, "example.com", "sel", null);
            assertEquals(
                    new Claimed("1xVdTq-0001uK-1U", null, null, List.of(claim)),
                    parse("1xVdTq-0001uK-1U DKIM: d=example.com s=sel c=relaxed/relaxed a=rsa-sha256 b=2048 " + words));
        });
    }

    @Test
    void dkim_domainThatImitatesAResult_isNotBelieved() {
        Claimed fact = (Claimed) parse("1xVdTq-0001uK-1U DKIM: d=example.com s=[verification succeeded] c=simple/simple"
                + " a=rsa-sha256 b=2048 [verification failed - x]");
        assertEquals("fail", fact.claims().get(0).result());
    }

    @Test
    void otherVerdicts_areClaimed() {
        Claimed dmarc = (Claimed) parse("1xVdTq-0001uK-1U DMARC results: spf_domain=x dmarc_domain=example.com"
                + " spf_align=no dkim_align=yes enforcement='Accept'");
        assertEquals(List.of(new Claim(Method.DMARC, "pass", "example.com", null, null)), dmarc.claims());
        Claimed spam =
                (Claimed) parse("1VxPit-000MMd-U4 SA: Action: flagged as Spam but accepted: score=8.2 required=5.0"
                        + " (scanned in 6/6 secs). From <a@b> (host=x [192.0.2.1]) for c@d");
        assertEquals(List.of(new Claim(Method.SPAM, "spam", null, null, 8.2)), spam.claims());
    }

    @Test
    void piecesOfALongLine() {
        assertEquals(new Piece(1, 5, "2026-11-16 08:00:01 1x", false), parse("[1/5] 2026-11-16 08:00:01 1x"));
        assertEquals(new Piece(2, 5, "  x", true), parse("[2\\5]   x"));
        assertEquals(Kind.IGNORED, parse("[6/5] x").kind());
    }

    @Test
    void stampAndProcessInTheMessage_areSkipped() {
        assertEquals(
                new Removed("1xVdTq-0001uK-1U"),
                parse("2026-11-16 08:00:01.123 +0100 [7513] 1xVdTq-0001uK-1U Completed"));
    }

    @Test
    void badAddress_isMalformed() {
        assertEquals(
                Kind.MALFORMED,
                parse("H=(x) [300.1.2.3] F=<> rejected RCPT <b@c>: no").kind());
    }
}
