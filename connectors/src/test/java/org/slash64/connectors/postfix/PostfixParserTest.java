package org.slash64.connectors.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;

class PostfixParserTest {

    private static final Address V6 = Address.parse("2001:db8:1::25").orElseThrow();
    private static final Address V4 = Address.parse("192.0.2.25").orElseThrow();
    private final PostfixParser parser = new PostfixParser();

    private SmtpFact parse(String program, String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx1", program, 1, message));
    }

    private SmtpFact smtpd(String message) {
        return parse("postfix/smtpd", message);
    }

    private Rejected rejected(String message) {
        return (Rejected) smtpd(message);
    }

    private Why why(SmtpFact fact) {
        return ((Ignored) fact).why();
    }

    private Reason reason(SmtpFact fact) {
        return ((Malformed) fact).error().reason();
    }

    @ParameterizedTest
    @CsvSource({
        "postfix/smtpd, smtpd",
        "postfix/submission/smtpd, submission/smtpd",
        "postfix-in/smtpd, smtpd",
        "mx-out/smtps/smtpd, smtps/smtpd",
    })
    void parse_serviceWithAnyName_isTheServiceWithoutIt(String program, String service) {
        assertThat(parse(program, "connect from mail.example.org[2001:db8:1::25]"))
                .isEqualTo(new Connected(service, V6, "mail.example.org"));
    }

    @ParameterizedTest
    @CsvSource({
        "sshd, OTHER_PROGRAM",
        "smtpd, OTHER_PROGRAM",
        "'', OTHER_PROGRAM",
        "/smtpd, OTHER_PROGRAM",
        "other/thing, OTHER_PROGRAM",
        "postfix/smtp, NOT_RECEPTION",
        "postfix/postscreen, NOT_RECEPTION",
        "postfix/anvil, NOT_RECEPTION",
    })
    void parse_otherProgram_isIgnored(String program, Why why) {
        assertThat(why(parse(program, "connect from mail.example.org[2001:db8:1::25]")))
                .isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect from unknown[2001:db8:1::25]",
                "connect from unknown[2001:DB8:1:0::25]:54321",
                "connect from unknown[IPv6:2001:db8:1::25]",
                "connect from unknown[2001:db8:1::25%eth0]",
            })
    void parse_connectInAnyNotation_isTheAddress(String message) {
        assertThat(smtpd(message)).isEqualTo(new Connected("smtpd", V6, null));
    }

    @Test
    void parse_mappedAddress_isIpv4() {
        assertThat(smtpd("connect from unknown[::ffff:192.0.2.25]")).isEqualTo(new Connected("smtpd", V4, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect from unknown[unknown]",
                "disconnect from unknown[unknown] commands=0/0",
                "lost connection after CONNECT from unknown[unknown]",
                "NOQUEUE: reject: CONNECT from unknown[unknown]: 421 4.3.2 All server ports are busy; proto=SMTP",
                "ABCDEF12: client=unknown[unknown]",
                "warning: unknown[unknown]: SASL LOGIN authentication failed: x",
            })
    void parse_clientWithoutAddress_isIgnored(String message) {
        assertThat(why(smtpd(message))).isEqualTo(Why.NO_CLIENT_ADDRESS);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "connect from|NO_EVENT",
                "'connect from '|BROKEN_STATEMENT",
                "connect from foo|BROKEN_STATEMENT",
                "connect from foo[192.0.2.1|BROKEN_STATEMENT",
                "connect from foo[999.1.1.1]|BAD_CLIENT_ADDRESS",
                "connect from foo[192.0.2.1] and more|BROKEN_STATEMENT",
                "disconnect from foo[192.0.2.1] ehlo|BROKEN_STATEMENT",
                "disconnect from foo[192.0.2.1] ehlo=x|BROKEN_STATEMENT",
                "disconnect from foo[192.0.2.1] ehlo=3/2|BROKEN_STATEMENT",
                "disconnect from foo[2001:db8::g]|BAD_CLIENT_ADDRESS",
                "'lost connection after '|BROKEN_STATEMENT",
                "'timeout after DATA from '|BROKEN_STATEMENT",
                "NOQUEUE: reject: RCPT|BROKEN_STATEMENT",
                "NOQUEUE: reject: RCPT from foo[1.2.3]: 550 no|BAD_CLIENT_ADDRESS",
                "NOQUEUE: reject: RCPT from foo[192.0.2.1] 550 no|BROKEN_STATEMENT",
                "ABCDEF12: client=|BROKEN_STATEMENT",
                "'Anonymous TLS connection established from a[192.0.2.1]: '|BROKEN_STATEMENT",
            },
            delimiter = '|')
    void parse_brokenStatement_tellsWhy(String message, String expected) {
        SmtpFact fact = smtpd(message);
        String seen = fact instanceof Ignored ignored
                ? ignored.why().name()
                : reason(fact).name();
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void parse_queued_hasClientAndMechanism() {
        assertThat(smtpd("4104E3D: client=mail.example.org[2001:db8:1::25]"))
                .isEqualTo(new Queued("smtpd", "4104E3D", V6, "mail.example.org", null));
        assertThat(
                        smtpd(
                                "48rT2v1hQrz1J0N: client=unknown[192.0.2.25]:61234, sasl_method=PLAIN, sasl_username=a@b.example"))
                .isEqualTo(new Queued("smtpd", "48rT2v1hQrz1J0N", V4, null, "PLAIN"));
    }

    @Test
    void parse_reject_isTakenApart() {
        Rejected fact = rejected(
                "NOQUEUE: reject: RCPT from mail.example.org[2001:db8:1::25]: 550 5.1.1 <x@example.net>: "
                        + "Recipient address rejected: User unknown; from=<a@example.org> to=<x@example.net> proto=ESMTP helo=<mail.example.org>");
        assertThat(fact)
                .isEqualTo(new Rejected(
                        "smtpd",
                        null,
                        "RCPT",
                        V6,
                        "mail.example.org",
                        new Reply(550, "5.1.1", "<x@example.net>: Recipient address rejected: User unknown"),
                        new Envelope("a@example.org", "x@example.net", "ESMTP", "mail.example.org", null),
                        false,
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "550 5.1.1 no|550|5.1.1|no",
                "550 no|550||no",
                "5.7.1 Blocked|0|5.7.1|Blocked",
                "450 4.7.25 Client host rejected|450|4.7.25|Client host rejected",
                "550 5.12.345 x|550|5.12.345|x",
                "550|550||''",
                "550 5.1.1|550|5.1.1|''",
                "5501 x|0||5501 x",
                "554 5.7.1x y|554||5.7.1x y",
                "550 192.0.2.1 is bad|550||192.0.2.1 is bad",
                "''|0||''",
            },
            delimiter = '|')
    void reply_codes_areSplitOff(String text, int code, String status, String rest) {
        assertThat(RejectLines.reply(text)).isEqualTo(new Reply(code, status, rest));
    }

    @Test
    void parse_rejectWithNullSender_isEmptyNotMissing() {
        Envelope envelope = rejected(
                        "NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 450 4.7.1 x; from=<> to=<> proto=SMTP helo=<h>")
                .envelope();
        assertThat(envelope).isEqualTo(new Envelope("", "", "SMTP", "h", null));
    }

    @Test
    void parse_rejectBeforeMail_hasOnlyProtocolAndHelo() {
        Rejected fact = rejected(
                "NOQUEUE: reject: EHLO from a.example[192.0.2.25]: 504 5.5.2 <User>: Helo command rejected: need fully-qualified hostname; proto=SMTP helo=<User>");
        assertThat(fact.stage()).isEqualTo("EHLO");
        assertThat(fact.envelope()).isEqualTo(new Envelope(null, null, "SMTP", "User", null));
        assertThat(rejected(
                                "NOQUEUE: reject: CONNECT from a.example[192.0.2.25]: 450 4.7.25 Client host rejected; proto=SMTP")
                        .envelope())
                .isEqualTo(new Envelope(null, null, "SMTP", null, null));
    }

    @Test
    void parse_rejectInAuthenticatedSession_saysSo() {
        Envelope envelope = rejected(
                        "NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 550 x; from=<a@b.example> to=<c@d.example> "
                                + "proto=ESMTP helo=<h> sasl_username=<me>")
                .envelope();
        assertThat(envelope.saslMethod()).isEqualTo(Envelope.UNNAMED_MECHANISM);
    }

    @Test
    void parse_rejectWithSemicolonsInItsText_endsAtTheList() {
        Rejected fact = rejected(
                "NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using "
                        + "bl.example; https://bl.example/?q=192.0.2.25; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>");
        assertThat(fact.reply().text())
                .isEqualTo(
                        "Service unavailable; Client host [192.0.2.25] blocked using bl.example; https://bl.example/?q=192.0.2.25");
        assertThat(fact.envelope().from()).isEqualTo("a@b.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"; from=<x@y> to=<z\"@example.com",
                "\"; from=<evil@y> to=<z> proto=ESMTP helo=<h>\"@example.com",
                "\"a> to=<b\\\"@c> proto=SMTP helo=<\"@example.com",
                "; from=<x@y> to=<z@example.com",
                "a b]c[1.2.3.4]: 250 ok@example.com",
            })
    void parse_recipientThatLooksLikeAList_staysTheRecipient(String hostile) {
        Rejected fact = rejected("NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 554 5.7.1 <" + hostile
                + ">: Relay access denied; from=<real@b.example> to=<" + hostile + "> proto=ESMTP helo=<h.example>");
        assertThat(fact.client()).isEqualTo(V4);
        assertThat(fact.reply().code()).isEqualTo(554);
        assertThat(fact.reply().text()).isEqualTo("<" + hostile + ">: Relay access denied");
        assertThat(fact.envelope()).isEqualTo(new Envelope("real@b.example", hostile, "ESMTP", "h.example", null));
    }

    @Test
    void parse_senderThatLooksLikeAList_staysTheSender() {
        String hostile = "\"x> to=<v@w.example> proto=ESMTP helo=<y>\"@example.com";
        Envelope envelope = rejected("NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 550 no; from=<" + hostile
                        + "> to=<real@b.example> proto=ESMTP helo=<h.example>")
                .envelope();
        assertThat(envelope).isEqualTo(new Envelope(hostile, "real@b.example", "ESMTP", "h.example", null));
    }

    @Test
    void parse_rejectCutOff_isStillARejection() {
        Rejected fact = rejected(
                "NOQUEUE: reject: VRFY from a.example[192.0.2.25]: 550 5.1.1 <x>: Recipient address rejected: User unknown in local recipient tab");
        assertThat(fact.envelope()).isEqualTo(Envelope.UNKNOWN);
        assertThat(fact.reply().text()).endsWith("recipient tab");
    }

    @Test
    void parse_controlCharactersAndLength_areTamed() {
        Rejected fact =
                rejected("NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 550 a\u0007b\u001b[0m" + "x".repeat(5_000));
        assertThat(fact.reply().text()).hasSize(1_000).startsWith("a?b?[0m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOQUEUE: reject_warning: RCPT from a.example[192.0.2.25]: 553 5.7.1 <s@b.example>: no; from=<> to=<> proto=SMTP helo=<h>",
                "NOQUEUE: discard: MAIL from a.example[192.0.2.25]: <s@b.example>: Sender address SPAM; from=<> proto=SMTP helo=<h>",
                "NOQUEUE: filter: RCPT from a.example[192.0.2.25]: x; from=<> to=<> proto=SMTP helo=<h>",
                "NOQUEUE: hold: RCPT from a.example[192.0.2.25]: x; from=<> to=<> proto=SMTP helo=<h>",
                "NOQUEUE: redirect: RCPT from a.example[192.0.2.25]: x; from=<> to=<> proto=SMTP helo=<h>",
                "ABCDEF12: warn: RCPT from a.example[192.0.2.25]: x; from=<> to=<> proto=SMTP helo=<h>",
                "proxy-accept: END-OF-MESSAGE: 250 2.0.0 Ok; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<h>",
            })
    void parse_actionThatRefusesNothing_isNoRejection(String message) {
        assertThat(smtpd(message)).isInstanceOf(Ignored.class);
    }

    @Test
    void parse_rejectOfWholeMessage_isMarked() {
        String tail = " from a.example[192.0.2.25]: 550 5.7.1 no; from=<> to=<> proto=SMTP helo=<h>";
        assertThat(rejected("ABCDEF12: milter-reject: END-OF-MESSAGE" + tail).endsMessage())
                .isTrue();
        assertThat(rejected("ABCDEF12: reject: DATA" + tail).endsMessage()).isTrue();
        assertThat(rejected("ABCDEF12: reject: BDAT" + tail).endsMessage()).isTrue();
        assertThat(rejected("ABCDEF12: reject: RCPT" + tail).endsMessage()).isFalse();
    }

    @Test
    void parse_proxyReject_leavesTheClientToTheSession() {
        Rejected fact = rejected(
                "proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject, id=31619-02 - spam; from=<> to=<u@example.com> proto=SMTP helo=<h>");
        assertThat(fact.client()).isNull();
        assertThat(fact.stage()).isEqualTo("END-OF-MESSAGE");
        assertThat(fact.reply()).isEqualTo(new Reply(554, "5.7.0", "Reject, id=31619-02 - spam"));
    }

    @ParameterizedTest
    @CsvSource({
        "lost connection after DATA (7774180 bytes) from unknown[192.0.2.25], DATA, LOST",
        "lost connection after UNKNOWN from unknown[192.0.2.25], UNKNOWN, LOST",
        "NOQUEUE: lost connection after CONNECT from unknown[192.0.2.25], CONNECT, LOST",
        "timeout after END-OF-MESSAGE from unknown[192.0.2.25], END-OF-MESSAGE, TIMEOUT",
        "too many errors after RCPT from unknown[192.0.2.25], RCPT, TOO_MANY_ERRORS",
    })
    void parse_lostConnection_hasStageAndKind(String message, String stage, Loss loss) {
        assertThat(smtpd(message)).isEqualTo(new ConnectionLost("smtpd", V4, null, stage, loss));
    }

    @Test
    void parse_disconnect_countsPerCommand() {
        assertThat(
                        smtpd(
                                "disconnect from unknown[192.0.2.25] ehlo=2 starttls=1 mail=1 rcpt=0/1 data=0/1 quit=1 commands=5/7"))
                .isEqualTo(new Disconnected(
                        "smtpd",
                        V4,
                        null,
                        Map.of("ehlo", 2, "starttls", 1, "mail", 1, "rcpt", 0, "data", 0, "quit", 1),
                        Map.of("rcpt", 1, "data", 1)));
        assertThat(smtpd("disconnect from a.example[192.0.2.25]"))
                .isEqualTo(new Disconnected("smtpd", V4, "a.example", Map.of(), Map.of()));
        assertThat(smtpd("disconnect from a.example[192.0.2.25]:4711 ehlo=1"))
                .isEqualTo(new Disconnected("smtpd", V4, "a.example", Map.of("ehlo", 1), Map.of()));
    }

    @Test
    void parse_tls_hasProtocolAndCipher() {
        String with = ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519";
        TlsStarted expected = new TlsStarted("smtpd", V4, "a.example", "TLSv1.3", "TLS_AES_256_GCM_SHA384");
        assertThat(smtpd("Anonymous TLS connection established from a.example[192.0.2.25]" + with))
                .isEqualTo(expected);
        assertThat(smtpd("Trusted TLS connection established from a.example[192.0.2.25]:99 to mx.example.org" + with))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "warning: unknown[192.0.2.25]: SASL LOGIN authentication failed: UGFzc3dvcmQ6|LOGIN|UGFzc3dvcmQ6",
                "warning: unknown[192.0.2.25]: SASL login authentication failed: x|login|x",
                "warning: unknown[192.0.2.25]: SASL PLAIN authentication failed:|PLAIN|''",
                "warning: unknown[192.0.2.25]:55729: SASL CRAM-MD5 authentication failed: a: b|CRAM-MD5|a: b",
            },
            delimiter = '|')
    void parse_failedAuthentication_isAFact(String message, String method, String text) {
        assertThat(smtpd(message)).isEqualTo(new AuthFailed("smtpd", V4, null, method, text));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "warning: hostname a.example does not resolve to address 192.0.2.44|WARNING",
                "warning: unknown[192.0.2.25]: SASL LOGIN authentication failed: Connection lost to authentication server|AUTH_UNAVAILABLE",
                "warning: SASL authentication failure: Password verification failed|WARNING",
                "warning: Connection rate limit exceeded: 31 from a.example[192.0.2.25] for service smtpd|WARNING",
                "improper command pipelining after EHLO from unknown[192.0.2.25]: QUIT|NO_EVENT",
                "SSL_accept error from unknown[192.0.2.25]: lost connection|NO_EVENT",
                "discarding EHLO keywords: CHUNKING|NO_EVENT",
                "setting up TLS connection from a.example[192.0.2.25]|NO_EVENT",
                "''|NO_EVENT",
            },
            delimiter = '|')
    void parse_lineWithoutEvent_isIgnored(String message, Why why) {
        assertThat(why(smtpd(message))).isEqualTo(why);
    }

    @Test
    void parse_cleanup_givesMessageId() {
        assertThat(parse("postfix/cleanup", "0F5383D: message-id=<544D@example.org>"))
                .isEqualTo(new MessageId("0F5383D", "544D@example.org"));
        assertThat(parse("postfix/cleanup", "0F5383D: message-id=<>")).isEqualTo(new MessageId("0F5383D", ""));
        assertThat(parse("postfix/cleanup", "0F5383D: message-id==?UTF-8?B?x?="))
                .isEqualTo(new MessageId("0F5383D", "=?UTF-8?B?x?="));
    }

    @Test
    void parse_cleanupRefusesHeader_isARejectionOfTheMessage() {
        SmtpFact fact = parse(
                "postfix/cleanup",
                "4104E3D: reject: header Subject: buy from h[203.0.113.9]; from=<x> now from a.example[192.0.2.25]; from=<s@b.example> "
                        + "to=<r@c.example> proto=ESMTP helo=<h.example>: 5.7.1 message content rejected");
        assertThat(fact)
                .isEqualTo(new Rejected(
                        "cleanup",
                        "4104E3D",
                        "END-OF-MESSAGE",
                        V4,
                        "a.example",
                        new Reply(0, "5.7.1", "message content rejected"),
                        new Envelope("s@b.example", "r@c.example", "ESMTP", "h.example", null),
                        true,
                        false));
    }

    @Test
    void parse_cleanupMilterReject_isARejectionOfTheMessage() {
        Rejected fact = (Rejected)
                parse(
                        "postfix/cleanup",
                        "4104E3D: milter-reject: END-OF-MESSAGE from a.example[192.0.2.25]: 5.7.1 Blocked; from=<s@b.example> to=<r@c.example> proto=ESMTP helo=<h>");
        assertThat(fact.reply()).isEqualTo(new Reply(0, "5.7.1", "Blocked"));
        assertThat(fact.endsMessage()).isTrue();
        assertThat(fact.loggedBySession()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "4104E3D: reject: header Subject: x from local; from=<a> to=<b>: 5.7.1 no|LOCAL_ORIGIN",
                "4104E3D: milter-reject: END-OF-MESSAGE from localhost[unknown]: 5.7.1 no|NO_CLIENT_ADDRESS",
                "4104E3D: milter-reject: END-OF-MESSAGE from local: 5.7.1 no; from=<a> to=<b>|LOCAL_ORIGIN",
                "4104E3D: info: header Subject: x from local; from=<a> to=<b>|NOT_REFUSED",
                "4104E3D: hold: header X: y from a[192.0.2.1]; from=<a> to=<b> proto=SMTP helo=<h>: z|NOT_REFUSED",
                "4104E3D: milter-hold: END-OF-MESSAGE from a[192.0.2.1]: x; from=<a> to=<b> proto=SMTP helo=<h>|NOT_REFUSED",
                "warning: 9BECF3F19D: sender_canonical_maps map lookup problem|WARNING",
            },
            delimiter = '|')
    void parse_cleanupWithoutRejection_isIgnored(String message, Why why) {
        assertThat(why(parse("postfix/cleanup", message))).isEqualTo(why);
    }

    @Test
    void parse_qmgr_givesSenderAndRemoved() {
        assertThat(parse("postfix/qmgr", "0F5383D: from=<s@b.example>, size=5360, nrcpt=2 (queue active)"))
                .isEqualTo(new Sender("0F5383D", "s@b.example", 5360, 2));
        assertThat(parse("postfix/qmgr", "0F5383D: from=<>, size=1, nrcpt=1 (queue active)"))
                .isEqualTo(new Sender("0F5383D", "", 1, 1));
        assertThat(parse(
                        "postfix/qmgr",
                        "0F5383D: from=<\">, size=1, nrcpt=1\"@b.example>, size=7, nrcpt=3 (queue active)"))
                .isEqualTo(new Sender("0F5383D", "\">, size=1, nrcpt=1\"@b.example", 7, 3));
        assertThat(parse("postfix/qmgr", "0F5383D: removed")).isEqualTo(new Removed("0F5383D"));
        assertThat(parse("postfix/postsuper", "0F5383D: removed")).isEqualTo(new Removed("0F5383D"));
    }

    @Test
    void parse_qmgrBrokenOrOther_isTold() {
        assertThat(why(parse("postfix/qmgr", "0F5383D: from=<>, status=expired, returned to sender")))
                .isEqualTo(Why.NOT_RECEPTION);
        assertThat(reason(parse("postfix/qmgr", "0F5383D: from=<>"))).isEqualTo(Reason.BROKEN_STATEMENT);
        assertThat(reason(parse("postfix/qmgr", "0F5383D: from=<>, size=x, nrcpt=1")))
                .isEqualTo(Reason.BROKEN_STATEMENT);
        assertThat(why(parse("postfix/qmgr", "0F5383D: skipped, still being delivered")))
                .isEqualTo(Why.NOT_RECEPTION);
    }

    @Test
    void parse_longHostileLines_stayQuick() {
        String[] fillers = {"; from=<", " from h[192.0.2.1]; from=<a> to=<", "; from=<\"", "> to=<", "[", " from ", "; "
        };
        for (String filler : fillers) {
            String many = filler.repeat(60_000 / filler.length());
            assertThat(smtpd("NOQUEUE: reject: RCPT from a.example[192.0.2.25]: 550 " + many))
                    .isInstanceOf(Rejected.class);
            assertThat(parse("postfix/cleanup", "4104E3D: reject: header " + many))
                    .isNotNull();
        }
    }

    @Test
    void parse_randomCutsAndFlips_neverThrows() {
        Random random = new Random(3);
        String[] seeds = {
            "NOQUEUE: reject: RCPT from a.example[2001:db8::1]:99: 550 5.1.1 <\"x\\\"\"@b>: no; from=<a@b> to=<c@d> proto=ESMTP helo=<h>",
            "disconnect from a.example[192.0.2.25]:4711 ehlo=1 rcpt=0/1 commands=1/2",
            "4104E3D: reject: header Subject: x from a[192.0.2.1]; from=<a> to=<b> proto=SMTP helo=<h>: 5.7.1 no",
            "0F5383D: from=<s@b.example>, size=5360, nrcpt=2 (queue active)",
            "Anonymous TLS connection established from a[192.0.2.1]: TLSv1.3 with cipher X (256/256 bits)",
            "warning: unknown[192.0.2.25]:55729: SASL CRAM-MD5 authentication failed: a: b",
        };
        String[] programs = {"postfix/smtpd", "postfix/cleanup", "postfix/qmgr"};
        for (int i = 0; i < 60_000; i++) {
            StringBuilder line = new StringBuilder(seeds[i % seeds.length]);
            line.setCharAt(random.nextInt(line.length()), (char) random.nextInt(128));
            line.setLength(random.nextInt(line.length() + 1));
            assertThat(parse(programs[random.nextInt(3)], line.toString())).isNotNull();
        }
    }
}
