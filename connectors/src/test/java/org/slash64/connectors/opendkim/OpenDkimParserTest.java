package org.slash64.connectors.opendkim;

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

class OpenDkimParserTest {

    private final OpenDkimParser parser = new OpenDkimParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "opendkim", 1, message));
    }

    private static Claim claim(String result, String domain, String selector) {
        return new Claim(Method.DKIM, result, domain, selector, null);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "DKIM verification successful|pass||",
                "bad signature data|fail||",
                "no signature data|none||",
                "signature verification failed: unknown cause|fail||",
                "syntax error: invalid domain|permerror||",
                "key revoked (s=sel, d=example.org, a=rsa-sha256)|permerror|example.org|sel",
                "key retrieval failed (s=sel, d=Example.ORG)|temperror|example.org|sel",
                "key retrieval failed (s=s, d=a.example): 's._domainkey.a.example' record not found"
                        + "|permerror|a.example|s",
                "key retrieval failed|temperror||",
                "s=sel d=example.org SSL error:04091068:rsa routines:INT_RSA_VERIFY:bad signature|fail|example.org|sel",
                "s=sel d=example.org a=rsa-sha256 SSL error:0200008A:rsa|fail|example.org|sel",
            },
            delimiter = '|')
    void parse_statement_isItsResult(String text, String result, String domain, String selector) {
        assertThat(parse("4F1A2B3C4D: " + text))
                .isEqualTo(new Claimed("4F1A2B3C4D", null, null, List.of(claim(result, domain, selector))));
    }

    @Test
    void parse_resultsOfEachSignature_areClaims() {
        SmtpFact fact = parse("4F1A2B3C4D: signature=a1 domain=example.org selector=s1 result=\"no signature error\";"
                + " signature=b2 domain=example.net selector=s2 result=\"signature verification failed\";"
                + " signature=c3 domain=example.com selector=s3 result=\"key DNS query failed\";"
                + " signature=d4 domain=a.example selector=s4 result=\"signature expired\"");
        assertThat(((Claimed) fact).claims())
                .containsExactly(
                        claim("pass", "example.org", "s1"),
                        claim("fail", "example.net", "s2"),
                        claim("temperror", "example.com", "s3"),
                        claim("permerror", "a.example", "s4"));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "4F1A2B3C4D: s=sel d=example.org SSL |NO_EVENT",
                "'4F1A2B3C4D: s=sel d=example.org SSL '|NO_EVENT",
                "4F1A2B3C4D: not authenticated|NO_EVENT",
                "4F1A2B3C4D: host.example [2001:db8::1] not internal|NO_EVENT",
                "4F1A2B3C4D: external host h.example attempted to send as example.org|NO_EVENT",
                "4F1A2B3C4D: DKIM-Signature field added (s=sel, d=example.org)|NOT_RECEPTION",
                "4F1A2B3C4D: no signing table match for 'a@example.org'|NO_EVENT",
                "4F1A2B3C4D: smfi_addheader() failed|WARNING",
                "4F1A2B3C4D: something new|UNKNOWN_STATEMENT",
                "OpenDKIM Filter v2.11.0 starting|NOT_RECEPTION",
                "ignoring reload signal|NOT_RECEPTION",
                "(unknown-jobid): bad signature data|NOT_RECEPTION",
            },
            delimiter = '|')
    void parse_statementWithoutResult_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }

    @Test
    void parse_domainThatIsNone_isLeftOut() {
        SmtpFact fact = parse("4F1A2B3C4D: key retrieval failed (s=a b, d=exa mple.org)");
        assertThat(((Claimed) fact).claims()).containsExactly(claim("temperror", null, null));
    }
}
