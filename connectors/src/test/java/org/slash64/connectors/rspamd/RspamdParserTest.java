package org.slash64.connectors.rspamd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Method;

class RspamdParserTest {

    private static final String START = "<03d22c>; task; rspamd_task_write_log: ";
    private static final String END = ", len: 33953, time: 5099.756ms real, 9.254ms virtual, dns req: 38";

    private final RspamdParser parser = new RspamdParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "rspamd", 1, message));
    }

    private SmtpFact log(String text) {
        return parse(START + text + END);
    }

    private List<Claim> claims(String symbols) {
        SmtpFact fact = log("id: <1@example.org>, qid: <4F1A2B3C4D>, ip: 192.0.2.1, from: <a@example.org>, (default: F"
                + " (no action): [0.40/15.00] [" + symbols + "])");
        List<Claim> all = ((Claimed) fact).claims();
        return all.subList(1, all.size());
    }

    private static Claim claim(Method method, String result, String domain, String selector) {
        return new Claim(method, result, domain, selector, null);
    }

    @Test
    void parse_defaultFormat_isClaimedForTheQueueId() {
        assertThat(log("id: <1@example.org>, qid: <4F1A2B3C4D>, ip: 2001:db8::1, from: <a@example.org>, (default: F (no"
                        + " action): [2.50/15.00] [R_SPF_ALLOW(-0.20){+ip6:2001:db8::/32:c;}])"))
                .isEqualTo(new Claimed(
                        "4F1A2B3C4D",
                        null,
                        "1@example.org",
                        List.of(
                                new Claim(Method.SPAM, "ham", null, null, 2.5),
                                claim(Method.SPF, "pass", null, null))));
    }

    @Test
    void parse_withoutQueueId_isClaimedForTheMessageId() {
        Claimed claimed = (Claimed) log("id: <1@example.org>, (default: T (reject): [25.00/15.00] [GTUBE(0.00){}])");
        assertThat(claimed.queueId()).isNull();
        assertThat(claimed.messageId()).isEqualTo("1@example.org");
        assertThat(claimed.claims()).containsExactly(new Claim(Method.SPAM, "spam", null, null, 25.0));
    }

    @ParameterizedTest
    @CsvSource({
        "F (no action), 2.50, ham",
        "F (greylist), 5.00, ham",
        "T (add header), 7.00, spam",
        "T (rewrite subject), 9.00, spam",
        "T (reject), 15.00, spam",
        "T (soft reject), 1.00, ham",
        "T (own action), 20.00, spam",
    })
    void parse_action_isSpamOrHam(String action, String score, String expected) {
        Claimed claimed = (Claimed) log("id: <x>, (default: " + action + ": [" + score + "/15.00] [])");
        assertThat(claimed.claims().get(0).result()).isEqualTo(expected);
    }

    @Test
    void parse_skippedMessage_isNoVerdict() {
        assertThat(log("id: <x>, qid: <4F1A2B3C4D>, (default: S (no action): [0.00/15.00] [])"))
                .isEqualTo(new Ignored(Why.NO_EVENT));
    }

    @ParameterizedTest
    @CsvSource({
        "R_SPF_FAIL, SPF, fail",
        "R_SPF_SOFTFAIL, SPF, softfail",
        "R_SPF_NEUTRAL, SPF, neutral",
        "R_SPF_DNSFAIL, SPF, temperror",
        "R_SPF_PERMFAIL, SPF, permerror",
        "R_SPF_NA, SPF, none",
        "R_DKIM_REJECT, DKIM, fail",
        "R_DKIM_TEMPFAIL, DKIM, temperror",
        "R_DKIM_PERMFAIL, DKIM, permerror",
        "R_DKIM_NA, DKIM, none",
        "DMARC_POLICY_ALLOW, DMARC, pass",
        "DMARC_POLICY_SOFTFAIL, DMARC, fail",
        "DMARC_BAD_POLICY, DMARC, permerror",
        "DMARC_NA, DMARC, none",
        "ARC_ALLOW, ARC, pass",
        "ARC_INVALID, ARC, fail",
    })
    void parse_symbolOfAModule_isItsResult(String symbol, Method method, String result) {
        assertThat(claims(symbol + "(0.10)")).containsExactly(claim(method, result, null, null));
        assertThat(claims("A(1.00)," + symbol)).containsExactly(claim(method, result, null, null));
    }

    @Test
    void parse_twoSignatures_areTwoClaims() {
        assertThat(claims("R_DKIM_ALLOW(-0.20){example.org:s=sel;Example.NET:s=s2;}"))
                .containsExactly(
                        claim(Method.DKIM, "pass", "example.org", "sel"),
                        claim(Method.DKIM, "pass", "example.net", "s2"));
    }

    @Test
    void parse_domainsOfPolicies_areRead() {
        assertThat(claims("DMARC_POLICY_REJECT(2.00){example.org : SPF not aligned (relaxed), No valid DKIM,reject;},"
                        + "ARC_ALLOW(-1.00){google.com:s=arc-20160816:i=1;}"))
                .containsExactly(
                        claim(Method.DMARC, "fail", "example.org", null),
                        claim(Method.ARC, "pass", "google.com", "arc-20160816"));
    }

    @Test
    void parse_dnsListOfTheClient_isListed_notThatOfOtherHops() {
        assertThat(claims("RBL_SPAMHAUS_CSS(2.00){192.0.2.1:from;},RECEIVED_SPAMHAUS_PBL(0.00){192.0.2.9:received;}"))
                .containsExactly(claim(Method.DNSBL, "listed", "zen.spamhaus.org", null));
    }

    @Test
    void parse_optionThatImitatesASymbol_makesNeitherCount() {
        assertThat(claims("R_SPF_FAIL(1.00){-all;},SUBJ(0.00){x},R_SPF_ALLOW(-0.20){};}"))
                .isEmpty();
    }

    @Test
    void parse_optionWithBraces_doesNotEndTheList() {
        assertThat(claims("URL(0.00){a}b};c;},R_SPF_NA(0.00){no SPF record;}"))
                .containsExactly(claim(Method.SPF, "none", null, null));
    }

    @Test
    void parse_messageIdThatImitatesAQueueId_isNotBelieved() {
        assertThat(log("id: <x>, qid: <4F1A2B3C4E>, (default: F (no action): [-9.00/15.00] []), y@example.org>,"
                        + " qid: <4F1A2B3C4D>, (default: T (reject): [25.00/15.00] [])"))
                .isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "<03d22c>; task; rspamd_message_parse: loaded message; id: <a@b>|NO_EVENT",
                "<03d22c>; proxy; proxy_accept_socket: accepted milter connection from ::1 port 4711|NO_EVENT",
                "<4d1b>; map; rspamd_map_read: loaded|NOT_RECEPTION",
                "(controller) <4d1b>; csession; rspamd_controller_learn: learned|NO_EVENT",
                "something else|UNKNOWN_STATEMENT",
                "<x>; task; other: <y>; task; rspamd_task_write_log: id: <z>, (default: T|NO_EVENT",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }

    @Test
    void parse_formatOfItsOwn_isNoEvent() {
        assertThat(parse(START + "id: <x@example.org>, action: reject")).isEqualTo(new Ignored(Why.NO_EVENT));
    }
}
