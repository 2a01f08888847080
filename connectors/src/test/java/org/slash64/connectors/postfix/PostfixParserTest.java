package org.slash64.connectors.postfix;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ReplyText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Certificate;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Field;
import org.slash64.connectors.log.SmtpFact.HandedOver;
import org.slash64.connectors.log.SmtpFact.Header;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.MessageId;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Sender;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;

class PostfixParserTest {

    private static final Address V6 = Address.parse("2001:db8:1::25").orElseThrow();
    private static final Address V4 = Address.parse("192.0.2.25").orElseThrow();
    private final PostfixParser parser = new PostfixParser();

    private SmtpFact parse(String program, String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx1", program, 1, message));
    }

    private static Session session(Address client, String name) {
        return new Session("smtpd", null, client, name);
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
                .isEqualTo(new Connected(new Session(service, null, V6, "mail.example.org")));
    }

    @ParameterizedTest
    @CsvSource({
        "sshd, OTHER_PROGRAM",
        "smtpd, OTHER_PROGRAM",
        "'', OTHER_PROGRAM",
        "/smtpd, OTHER_PROGRAM",
        "other/thing, OTHER_PROGRAM",
        "postfix/smtp, NOT_RECEPTION",
        "postfix/postscreen, UNKNOWN_STATEMENT",
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
        assertThat(smtpd(message)).isEqualTo(new Connected(session(V6, null)));
    }

    @Test
    void parse_mappedAddress_isIpv4() {
        assertThat(smtpd("connect from unknown[::ffff:192.0.2.25]")).isEqualTo(new Connected(session(V4, null)));
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
                "connect from|UNKNOWN_STATEMENT",
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
                .isEqualTo(new Queued(session(V6, "mail.example.org"), "4104E3D", Envelope.UNKNOWN));
        assertThat(
                        smtpd(
                                "48rT2v1hQrz1J0N: client=unknown[192.0.2.25]:61234, sasl_method=PLAIN, sasl_username=a@b.example"))
                .isEqualTo(new Queued(
                        session(V4, null), "48rT2v1hQrz1J0N", new Envelope(null, null, null, null, "PLAIN")));
    }

    @Test
    void parse_reject_isTakenApart() {
        Rejected fact = rejected(
                "NOQUEUE: reject: RCPT from mail.example.org[2001:db8:1::25]: 550 5.1.1 <x@example.net>: "
                        + "Recipient address rejected: User unknown; from=<a@example.org> to=<x@example.net> proto=ESMTP helo=<mail.example.org>");
        assertThat(fact)
                .isEqualTo(new Rejected(
                        session(V6, "mail.example.org"),
                        null,
                        "RCPT",
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
        assertThat(ReplyText.of(text)).isEqualTo(new Reply(code, status, rest));
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
        assertThat(fact.session().client()).isEqualTo(V4);
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
    void parse_actionThatRefusesNothing_tellsWhatTheClientSaid(String message) {
        assertThat(((Helo) smtpd(message)).envelope().helo()).isEqualTo("h");
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
        assertThat(fact.session().client()).isNull();
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
        assertThat(smtpd(message)).isEqualTo(new ConnectionLost(session(V4, null), stage, loss));
    }

    @Test
    void parse_disconnect_countsPerCommand() {
        assertThat(
                        smtpd(
                                "disconnect from unknown[192.0.2.25] ehlo=2 starttls=1 mail=1 rcpt=0/1 data=0/1 quit=1 commands=5/7"))
                .isEqualTo(new Disconnected(
                        session(V4, null),
                        Map.of("ehlo", 2, "starttls", 1, "mail", 1, "rcpt", 0, "data", 0, "quit", 1),
                        Map.of("rcpt", 1, "data", 1),
                        null));
        assertThat(smtpd("disconnect from a.example[192.0.2.25]"))
                .isEqualTo(new Disconnected(session(V4, "a.example"), Map.of(), Map.of(), null));
        assertThat(smtpd("disconnect from a.example[192.0.2.25]:4711 ehlo=1"))
                .isEqualTo(new Disconnected(session(V4, "a.example"), Map.of("ehlo", 1), Map.of(), null));
    }

    @Test
    void parse_tls_hasProtocolAndCipher() {
        String with = ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519";
        TlsStarted expected =
                new TlsStarted(session(V4, "a.example"), new Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of()));
        assertThat(smtpd("Anonymous TLS connection established from a.example[192.0.2.25]" + with))
                .isEqualTo(expected);
        assertThat(smtpd("Untrusted TLS connection established from a.example[192.0.2.25]:99 to mx.example.org" + with))
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
        assertThat(smtpd(message)).isEqualTo(new AuthFailed(session(V4, null), method, text));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "warning: hostname a.example does not resolve to address 192.0.2.44|WARNING",
                "warning: unknown[192.0.2.25]: SASL LOGIN authentication failed: Connection lost to authentication server|AUTH_UNAVAILABLE",
                "warning: SASL authentication failure: Password verification failed|WARNING",
                "warning: Connection rate limit exceeded: x|WARNING",
                "warning: Coffee rate limit exceeded: 31 from a.example[192.0.2.25] for service smtpd|WARNING",
                "improper command pipelining after EHLO from unknown[192.0.2.25]: QUIT|NO_EVENT",
                "SSL_accept error from unknown[192.0.2.25]: lost connection|NO_EVENT",
                "discarding EHLO keywords: CHUNKING|NO_EVENT",
                "setting up TLS connection from a.example[192.0.2.25]|NO_EVENT",
                "''|UNKNOWN_STATEMENT",
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
                        new Session("cleanup", null, V4, "a.example"),
                        "4104E3D",
                        "END-OF-MESSAGE",
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

    @Test
    void parse_trustedTls_isTrusted() {
        String with = ": TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)";
        assertThat(((TlsStarted) smtpd("Trusted TLS connection established from a.example[192.0.2.25]" + with))
                        .trusted())
                .isTrue();
        assertThat(smtpd("a.example[192.0.2.25]: subject_CN=mail.a.example, issuer=CA, fingerprint=AB:CD"))
                .isEqualTo(new Certificate(session(V4, "a.example"), List.of("mail.a.example")));
        assertThat(smtpd("a.example[192.0.2.25]: Untrusted: subject_CN=no name, issuer=CA, fingerprint=AB:CD"))
                .isEqualTo(new Certificate(session(V4, "a.example"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "Connection rate, CONNECT, 421, 4.7.0",
        "Connection concurrency, CONNECT, 421, 4.7.0",
        "Message delivery request rate, MAIL, 450, 4.7.1",
        "Recipient address rate, RCPT, 450, 4.7.1",
        "New TLS session rate, STARTTLS, 454, 4.7.0",
        "AUTH request rate, AUTH, 450, 4.7.1"
    })
    void parse_rateLimitCrossed_isARefusalForNow(String limit, String stage, int code, String status) {
        String text = limit + " limit exceeded: 31 from a.example[192.0.2.25] for service smtpd";
        assertThat(smtpd("warning: " + text))
                .isEqualTo(new Rejected(
                        session(V4, "a.example"),
                        null,
                        stage,
                        new Reply(code, status, text),
                        Envelope.UNKNOWN,
                        false,
                        true));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "From: A <a@one.example>|FROM|one.example",
                "from:a@one.example|FROM|one.example",
                "From: \"x@evil.example\" <a@one.example>, b@two.example|FROM|one.example,two.example",
                "From: (c@evil.example (nested)) a@one.example|FROM|one.example",
                "From: a@one.example from h[203.0.113.9]; from=<x>|FROM|one.example",
                "Reply-To: =?utf-8?q?=40?= <a@[192.0.2.1]>|REPLY_TO|''",
                "Sender: a@one.example|SENDER|one.example",
                "From: undisclosed|FROM|''",
                "From: a@one.example\u009c, b@two\u007f.example|FROM|'one.example,two'",
            },
            delimiter = '|')
    void parse_headerInfo_hasItsDomains(String header, Field field, String domains) {
        assertThat(
                        parse(
                                "postfix/cleanup",
                                "4104E3D: info: header " + header
                                        + " from a.example[192.0.2.25]; from=<s@b.example> to=<r@c.example> proto=ESMTP helo=<h>"))
                .isEqualTo(new Header(
                        "4104E3D",
                        field,
                        domains.isEmpty() ? List.of() : List.of(domains.split(",")),
                        false,
                        new Envelope("s@b.example", "r@c.example", "ESMTP", "h", null)));
    }

    @Test
    void parse_headerOf200Bytes_isCutAndItsLastDomainLeftOut() {
        String header = "From: " + "x".repeat(180) + "@one.exampl";
        Header fact = (Header) parse(
                "postfix/cleanup",
                "4104E3D: info: header " + header.substring(0, 197) + "...".substring(0, 3)
                        + " from a[192.0.2.25]; from=<> proto=ESMTP helo=<h>");
        assertThat(fact.cut()).isTrue();
        assertThat(fact.domains()).isEmpty();
    }

    private SmtpFact postscreen(String message) {
        return parse("postfix/postscreen", message);
    }

    private static Session screened(String id, Address client) {
        return new Session("postscreen", id, client, null);
    }

    @Test
    void parse_postscreen_tellsSessionsByAddressAndPort() {
        Session v6 = screened("2001:db8:1::25:4711", V6);
        assertThat(postscreen("CONNECT from [2001:db8:1::25]:4711 to [2001:db8::1]:25"))
                .isEqualTo(new Connected(v6));
        assertThat(postscreen("DISCONNECT [2001:DB8:1::25]:4711"))
                .isEqualTo(new Disconnected(v6, Map.of(), Map.of(), null));
        assertThat(postscreen("PASS OLD [2001:db8:1::25]:4711")).isEqualTo(new HandedOver(v6, true));
        assertThat(postscreen("ALLOWLISTED [2001:db8:1::25]:4711")).isEqualTo(new HandedOver(v6, true));
        assertThat(postscreen("PASS NEW [2001:db8:1::25]:4711")).isEqualTo(new HandedOver(v6, false));
        assertThat(postscreen("HANGUP after 0.8 from [2001:db8:1::25]:4711 in tests before SMTP handshake"))
                .isEqualTo(new ConnectionLost(v6, "CONNECT", Loss.LOST));
        assertThat(postscreen("COMMAND TIME LIMIT from [2001:db8:1::25]:4711 after RCPT"))
                .isEqualTo(new ConnectionLost(v6, "RCPT", Loss.TIMEOUT));
        assertThat(postscreen("DNSBL rank 5 for [192.0.2.25]:99"))
                .isEqualTo(new Claimed(
                        null,
                        screened("192.0.2.25:99", V4),
                        null,
                        List.of(new Claim(Method.DNSBL, "listed", null, null, 5.0))));
    }

    @Test
    void parse_postscreenRejects_isTakenApart() {
        assertThat(
                        postscreen(
                                "NOQUEUE: reject: RCPT from [192.0.2.25]:4984: 550 5.7.1 Service unavailable; client [192.0.2.25] blocked using zen.example; from=<a@b.example>, to=<c@d.example>, proto=ESMTP, helo=<h.example>"))
                .isEqualTo(new Rejected(
                        screened("192.0.2.25:4984", V4),
                        null,
                        "RCPT",
                        new Reply(550, "5.7.1", "Service unavailable; client [192.0.2.25] blocked using zen.example"),
                        new Envelope("a@b.example", "c@d.example", "ESMTP", "h.example", null),
                        false,
                        true));
        assertThat(((Rejected) postscreen("NOQUEUE: reject: CONNECT from [192.0.2.25]:4984: all server ports busy"))
                        .reply())
                .isEqualTo(new Reply(421, null, "all server ports busy"));
    }
}
