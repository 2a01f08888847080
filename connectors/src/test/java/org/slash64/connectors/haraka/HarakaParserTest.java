package org.slash64.connectors.haraka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.log.SmtpFact.Queued;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;

class HarakaParserTest {

    private static final String UUID = "3E6A027F-8307-4DA4-B105-2A39EC4B58D4";
    private static final String MESSAGE = UUID + ".1";
    private static final Address V6 = Address.parse("2001:db8::1").orElseThrow();
    private static final Session SESSION = new Session("haraka", UUID, null, null);

    private final HarakaParser parser = new HarakaParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "haraka", 1, message));
    }

    private SmtpFact core(String text) {
        return parse("[NOTICE] [" + UUID + "] [core] " + text);
    }

    private SmtpFact transaction(String text) {
        return parse("[NOTICE] [" + MESSAGE + "] [core] " + text);
    }

    private SmtpFact plugin(String name, String text) {
        return parse("[INFO] [" + MESSAGE + "] [" + name + "] " + text);
    }

    private List<Claim> claims(String name, String text) {
        Claimed claimed = (Claimed) plugin(name, text);
        assertThat(claimed.queueId()).isEqualTo(MESSAGE);
        return claimed.claims();
    }

    private static Envelope from(String address) {
        return new Envelope(address, null, null, null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[NOTICE] [" + UUID + "] [core] connect ip=2001:db8::1 port=1 local_ip=::1 local_port=25",
                "level=NOTICE uuid=" + UUID + " origin=core message=connect ip=2001:db8::1 port=1",
                "level=NOTICE uuid=" + UUID + " origin=core message=\"connect\" ip=\"2001:db8::1\" port=1",
            })
    void parse_connect_isTheClient(String message) {
        assertThat(parse(message)).isEqualTo(new Connected(new Session("haraka", UUID, V6, null)));
    }

    @Test
    void parse_proxiedConnection_isOfTheClientBehindTheProxy() {
        assertThat(core("HAProxy proto=TCP6 src_ip=2001:db8::1:4711 dst_ip=::1:25"))
                .isEqualTo(new Connected(new Session("haraka", UUID, V6, null)));
    }

    @Test
    void parse_disconnect_hasCountsAndLength() {
        assertThat(core("disconnect ip=2001:db8::1 rdns=\"mail.example.org\" helo=\"a \\\" relay=Y b\" relay=N early=N"
                        + " esmtp=Y tls=Y pipe=N errors=0 txns=2 rcpts=1/1/2 msgs=1/0/0 bytes=173692 lr=\"550 x\""
                        + " time=13.937"))
                .isEqualTo(new Disconnected(
                        new Session("haraka", UUID, V6, "mail.example.org"),
                        Map.of("rcpt", 1, "data", 1),
                        Map.of("rcpt", 3),
                        new Ending(null, null, Duration.ofMillis(13_937), false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NXDOMAIN", "DNSERROR", "Unknown", ""})
    void parse_clientWithoutName_hasNone(String rdns) {
        Disconnected end = (Disconnected) core("disconnect ip=2001:db8::1 rdns=\"" + rdns + "\" helo=\"\" relay=N");
        assertThat(end.session().clientName()).isNull();
        assertThat(end.ending().length()).isNull();
    }

    @Test
    void parse_acceptedMessage_isQueuedDescribedReceived() {
        assertThat(transaction("sender <a@example.org> code=CONT msg=\"\""))
                .isEqualTo(new Queued(SESSION, MESSAGE, from("a@example.org")));
        assertThat(transaction("recipient <b@example.net> code=OK msg=\"\" sender=\"a@example.org\""))
                .isEqualTo(new Ignored(Why.NO_EVENT));
        assertThat(transaction(
                        "message mid=\"<1@example.org>\" size=173692 rcpts=2/0/1 delay=8.925 code=CONT msg=\"\""))
                .isEqualTo(new Described(SESSION, MESSAGE, Envelope.UNKNOWN, "1@example.org", 173_692L, 2));
        assertThat(transaction("queue code=OK msg=\"ok 1478291735 qp 49341 (" + MESSAGE + ")\""))
                .isEqualTo(new Received(SESSION, MESSAGE, Envelope.UNKNOWN, null, null, null, null));
    }

    /** As version 3.3 writes them: values are quoted where they must be alone, and two blanks precede a hook. */
    @Test
    void parse_bareValues_areReadLikeQuotedOnes() {
        assertThat(transaction("message mid=<1@example.org> size=110 rcpts=1/0/0 delay=0.004 code=CONT msg=\"\""))
                .isEqualTo(new Described(SESSION, MESSAGE, Envelope.UNKNOWN, "1@example.org", 110L, 1));
        Rejected rejected = (Rejected)
                core(" hook=helo plugin=x function=hook_helo params=evil retval=DENY msg=\"5.7.1 \\\"no\\\"\"");
        assertThat(rejected.envelope().helo()).isEqualTo("evil");
        assertThat(rejected.reply()).isEqualTo(new Reply(550, "5.7.1", "\"no\""));
    }

    @Test
    void parse_heloChecks_tellTheName() {
        assertThat(plugin("helo.checks", "helo_host: h.example, skip:proto_mismatch(private), bare_ip(private)"))
                .isEqualTo(new Helo(SESSION, new Envelope(null, null, null, "h.example", null)));
    }

    @Test
    void parse_nullSenderInLogfmt_isEmpty() {
        assertThat(parse("level=NOTICE uuid=" + MESSAGE + " origin=core message=\"sender <>\" code=CONT msg=\"\""))
                .isEqualTo(new Queued(SESSION, MESSAGE, from("")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "sender <a@b> code=DENY msg=\"5.7.1 no\"|MAIL|550|false",
                "sender <a@b> code=DENYSOFTDISCONNECT msg=\"5.7.1 no\"|MAIL|450|false",
                "recipient <a@b> code=DENY msg=\"5.7.1 no\" sender=\"x\"|RCPT|550|false",
                "recipient <a@b> code=CONT msg=\"5.7.1 no\" sender=\"x\"|RCPT|550|false",
                "recipient <a@b> code=DENY msg=\"554 5.7.1 no\" sender=\"x\"|RCPT|554|false",
                "message mid=\"x\" size=1 rcpts=1/0/0 delay=1 code=DENY msg=\"5.7.1 no\"|END-OF-MESSAGE|550|true",
                "queue code=DENYSOFT msg=\"5.7.1 no\"|END-OF-MESSAGE|450|true",
                "hook=ehlo plugin=x function=f params=\"h\" retval=DENY msg=\"5.7.1 no\"|EHLO|550|false",
                "hook=connect plugin=x function=f params=\"\" retval=DENYSOFT msg=\"5.7.1 no\"|CONNECT|421|false",
                "hook=lookup_rdns plugin=x function=f params=\"\" retval=DENY msg=\"5.7.1 no\"|CONNECT|554|false",
                "hook=data plugin=x function=f params=\"\" retval=DENY msg=\"5.7.1 no\"|DATA|550|true",
            },
            delimiter = '|')
    void parse_denial_isTheReply(String text, String stage, int code, boolean ends) {
        Rejected rejected = (Rejected) transaction(text);
        assertThat(rejected.stage()).isEqualTo(stage);
        assertThat(rejected.reply()).isEqualTo(new Reply(code, "5.7.1", "no"));
        assertThat(rejected.endsMessage()).isEqualTo(ends);
        assertThat(rejected.queueId()).isEqualTo(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hook=rcpt plugin=x function=f params=\"<b@example.net>\" retval=DENY msg=\"no\"",
                "hook=queue plugin=x function=f params=\"\" retval=OK msg=\"ok\"",
                "hook=ehlo plugin=x function=f params=\"a\" retval=OK msg=\"\"",
                "queue code=CONT msg=\"Message Queued\"",
            })
    void parse_decisionThatIsNone_orIsToldElsewhere_isNoEvent(String text) {
        assertThat(transaction(text)).isEqualTo(new Ignored(Why.NO_EVENT));
    }

    @Test
    void parse_addressThatImitatesADecision_isTheAddress() {
        Rejected rejected =
                (Rejected) transaction("recipient <\"x> code=OK msg=\"@example.net> code=DENY msg=\"no\" sender=\"y\"");
        assertThat(rejected.envelope().to()).isEqualTo("\"x> code=OK msg=\"@example.net");
    }

    @ParameterizedTest
    @CsvSource({
        "client dropped connection ip=192.0.2.1, LOST",
        "client half closed connection ip=192.0.2.1, LOST",
        "client mail.example.org [192.0.2.1] connection error: ECONNRESET, LOST",
        "client connection timed out ip=192.0.2.1, TIMEOUT",
    })
    void parse_lostConnection_tellsHow(String text, Loss loss) {
        assertThat(core(text)).isEqualTo(new ConnectionLost(SESSION, "UNKNOWN", loss));
    }

    @Test
    void parse_tls_namesTheClientWhereVerified() {
        assertThat(plugin("tls", "secured: cipher=X version=TLSv1.3 verified=true cn=\"mail.example.org\""))
                .isEqualTo(new TlsStarted(SESSION, new Tls("TLSv1.3", "X", List.of("mail.example.org"))));
        assertThat(plugin("tls", "secured: cipher=X version=TLSv1.3 verified=false error=\"e f\" cn=\"m.example\""))
                .isEqualTo(new TlsStarted(SESSION, new Tls("TLSv1.3", "X", List.of())));
    }

    @Test
    void parse_authentication_isToldByItsPlugin() {
        assertThat(plugin("auth/flat_file", "delaying for 2 seconds"))
                .isEqualTo(new AuthFailed(SESSION, Envelope.UNNAMED_MECHANISM, "auth/flat_file"));
        assertThat(plugin("auth/auth_proxy", "AUTH user=\"a\" host=\"h\" success=true"))
                .isInstanceOf(Helo.class);
    }

    @Test
    void parse_heloCheckOfSpf_tellsTheName() {
        assertThat(plugin("spf", "identity=helo ip=::1 domain=\"h.example\" mfrom=<postmaster@h.example> result=None"))
                .isEqualTo(new Helo(SESSION, new Envelope(null, null, null, "h.example", null)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "spf|identity=mfrom ip=::1 domain=\"a.example\" mfrom=<x@a.example> result=Pass|SPF|pass|a.example",
                "spf|identity=mfrom ip=::1 domain=\"a.example\" mfrom=<x> result=Pass@a.example> result=SoftFail"
                        + "|SPF|softfail|a.example",
                "fcrdns|ip=::1  rdns=\"a.example\" rdns_len=1 fcrdns=\"a.example\" fcrdns_len=1|IPREV|pass|a.example",
                "fcrdns|ip=::1  rdns=\"a.example\" rdns_len=1 fcrdns=\"\" fcrdns_len=0|IPREV|fail|",
                "connect.fcrdns|ip=::1 rdns=\"\" rdns_len=0 fcrdns=\"\" fcrdns_len=0|IPREV|permerror|",
                "dnsbl|fail:zen.spamhaus.org|DNSBL|listed|zen.spamhaus.org",
                "karma|score: 9, good: 7, bad: 0|SPAM|ham|",
                "karma|score: -4, good: 7, bad: 9|SPAM|spam|",
            },
            delimiter = '|')
    void parse_verdictOfAPlugin_isClaimed(String name, String text, Method method, String result, String domain) {
        assertThat(claims(name, text)).containsExactly(new Claim(method, result, domain, null, null));
    }

    @Test
    void parse_dkim_hasDomainAndSelector() {
        assertThat(claims("dkim", "identity=\"@a.example\" domain=\"a.example\" selector=\"s1\" result=pass "))
                .containsExactly(new Claim(Method.DKIM, "pass", "a.example", "s1", null));
        assertThat(claims("dkim_verify", "identity=\"\" domain=\"a.example\" selector=\"s1\" result=fail (bad)"))
                .containsExactly(new Claim(Method.DKIM, "fail", "a.example", "s1", null));
    }

    @Test
    void parse_dnsLists_areThoseThatFail() {
        assertThat(claims("dns-list", "pass:a.example, b.example, fail:zen.spamhaus.org, bl.example, skip:c.example"))
                .extracting(Claim::domain)
                .containsExactly("zen.spamhaus.org", "bl.example");
    }

    @Test
    void parse_filters_areClaimedWithTheirTests() {
        assertThat(claims("spamassassin", "status=Yes, score=15.2, required=5.0, reject=10, tests=\"SPF_FAIL,\\r  X\""))
                .containsExactly(
                        new Claim(Method.SPAM, "spam", null, null, 15.2),
                        new Claim(Method.SPF, "fail", null, null, null));
        assertThat(claims("rspamd", "is_spam: false, score: 7, required_score: 15, action: add header, R_SPF_FAIL: 1"))
                .containsExactly(
                        new Claim(Method.SPAM, "spam", null, null, 7.0),
                        new Claim(Method.SPF, "fail", null, null, null));
    }

    @Test
    void parse_textOfTheSenderInFilterResults_isNotRead() {
        assertThat(claims(
                        "rspamd",
                        "score: 7, required_score: 15, action: no action, messages: x, score: -9, R_SPF_ALLOW"))
                .containsExactly(new Claim(Method.SPAM, "ham", null, null, 7.0));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "[INFO] [-] [core] loading tls|NOT_RECEPTION",
                "[NOTICE] [" + MESSAGE + ".1] [outbound] delivered file=x|NOT_RECEPTION",
                "[NOTICE] [" + MESSAGE + "] [outbound] delivered file=x|NOT_RECEPTION",
                "[PROTOCOL] [" + UUID + "] [core] C: connect ip=192.0.2.1|NO_EVENT",
                "[INFO] [" + UUID + "] [geoip] NA, US|NO_EVENT",
                "[INFO] [" + UUID + "] [core] deny(soft?) overridden by deny hook|NOT_REFUSED",
                "[CRIT] [" + UUID + "] [core] Plugin x timed out|WARNING",
                "[NOTICE] [" + UUID + "] [core] something new|UNKNOWN_STATEMENT",
                "[NOTE] [" + UUID + "] [core] connect ip=192.0.2.1|UNKNOWN_STATEMENT",
                "no line of Haraka's|UNKNOWN_STATEMENT",
                "level=NOTICE|UNKNOWN_STATEMENT",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connect port=1",
                "connect ip=192.0.2",
                "disconnect rdns=\"\"",
                "disconnect ip=x",
                "HAProxy proto=TCP4",
            })
    void parse_brokenStatement_isMalformed(String text) {
        assertThat(core(text)).isInstanceOf(Malformed.class);
    }
}
