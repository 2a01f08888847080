package org.slash64.connectors.opendmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;

class OpenDmarcParserTest {

    private final OpenDmarcParser parser = new OpenDmarcParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "opendmarc", 1, message));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org pass, DMARC, pass",
        "Example.ORG fail, DMARC, fail",
        "example.org none, DMARC, none",
        "example.org temperror, DMARC, temperror",
        "SPF(mailfrom): example.org pass, SPF, pass",
        "SPF(mailfrom): example.org softfail, SPF, softfail",
        "SPF(mailfrom): example.org permerror, SPF, permerror",
    })
    void parse_result_isClaimed(String text, Method method, String result) {
        Claim claim = new Claim(method, result, "example.org", null, null);
        assertThat(parse("4F1A2B3C4D: " + text)).isEqualTo(new Claimed("4F1A2B3C4D", null, null, List.of(claim)));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "4F1A2B3C4D: SPF(helo): mail.example.org pass|NO_EVENT",
                "4F1A2B3C4D: ignoring mail from a@example.org|NO_EVENT",
                "4F1A2B3C4D: unable to parse From header field|NO_EVENT",
                "4F1A2B3C4D: opendmarc_policy_store_spf() returned status 3|WARNING",
                "4F1A2B3C4D: opendmarc_policy_query_dmarc(a.example) returned status 3|WARNING",
                "4F1A2B3C4D: example.org maybe|UNKNOWN_STATEMENT",
                "4F1A2B3C4D: example.org pass and more|UNKNOWN_STATEMENT",
                "4F1A2B3C4D: <x> pass|UNKNOWN_STATEMENT",
                "ignoring connection from localhost|NO_EVENT",
                "4F1A2B3C4D ignoring Authentication-Results at 1 from mx|NO_EVENT",
                "configuration reloaded from /etc/opendmarc.conf|NOT_RECEPTION",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }
}
