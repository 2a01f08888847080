package org.slash64.connectors.spamassassin;

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
import org.slash64.connectors.log.SmtpFact.Method;

class SpamdParserTest {

    private final SpamdParser parser = new SpamdParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "spamd", 1, message));
    }

    @Test
    void parse_spam_isClaimedForTheMessageId() {
        assertThat(parse(
                        "spamd: result: Y 12 - BAYES_99,DKIM_INVALID,DMARC_REJECT,RCVD_IN_PBL,SPF_HELO_PASS,SPF_SOFTFAIL"
                                + " scantime=1.2,size=1,user=mail,uid=8,required_score=5.0,rhost=::1,raddr=::1,rport=4711,"
                                + "mid=<1@example.org>,autolearn=no"))
                .isEqualTo(new Claimed(
                        null,
                        null,
                        "1@example.org",
                        List.of(
                                new Claim(Method.SPAM, "spam", null, null, 12.0),
                                new Claim(Method.DKIM, "fail", null, null, null),
                                new Claim(Method.DMARC, "fail", null, null, null),
                                new Claim(Method.DNSBL, "listed", "zen.spamhaus.org", null, null),
                                new Claim(Method.SPF, "softfail", null, null, null))));
    }

    @Test
    void parse_ham_hasADotAndMayScoreBelowZero() {
        Claimed claimed = (Claimed) parse("spamd: result: . -2 -  scantime=0.3,size=1,user=x,mid=<1@a>,rmid=<2@a>");
        assertThat(claimed.claims()).containsExactly(new Claim(Method.SPAM, "ham", null, null, -2.0));
        assertThat(claimed.messageId()).isEqualTo("1@a");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "spamd: result: Y 12 - A scantime=1.2,mid=(unknown),autolearn=no|NO_EVENT",
                "spamd: identified spam (12.3/5.0) for mail:8 in 1.2 seconds, 1 bytes.|NO_EVENT",
                "spamd: connection from localhost [::1]:4711 to port 783, fd 5|NO_EVENT",
                "spamd: server pid: 1|NOT_RECEPTION",
                "prefork: child states: II|NOT_RECEPTION",
                "192.0.2.1: connected (1/0)|UNKNOWN_STATEMENT",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }
}
