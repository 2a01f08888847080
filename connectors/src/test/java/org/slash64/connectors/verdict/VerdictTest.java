package org.slash64.connectors.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Method;

class VerdictTest {

    private static Claim claim(Method method, String result, String domain) {
        return new Claim(method, result, domain, null, null);
    }

    @Test
    void list_resultsThatContradict_countOnlyWhereThereMayBeSeveral() {
        Claims claims = new Claims();
        claims.add(claim(Method.SPF, "pass", null));
        claims.add(claim(Method.SPF, "fail", null));
        claims.add(claim(Method.DKIM, "pass", "a.example"));
        claims.add(claim(Method.DKIM, "fail", "b.example"));
        assertThat(claims.list())
                .containsExactly(claim(Method.DKIM, "pass", "a.example"), claim(Method.DKIM, "fail", "b.example"));
    }

    @Test
    void add_theSameTwice_isOne() {
        Claims claims = new Claims();
        claims.add(claim(Method.SPF, "pass", null));
        claims.add(claim(Method.SPF, "pass", null));
        assertThat(claims.list()).containsExactly(claim(Method.SPF, "pass", null));
    }

    @Test
    void add_moreThanAnyMessageHas_areLeftOut() {
        Claims claims = new Claims();
        for (int i = 0; i < 100; i++) {
            claims.add(claim(Method.DKIM, "pass", "d" + i + ".example"));
        }
        assertThat(claims.list()).hasSize(32);
    }

    @ParameterizedTest
    @CsvSource({
        "Pass, pass",
        "SoftFail, softfail",
        "TempError, temperror",
        "tempfail, temperror",
        "hardfail, fail",
        "invalid, permerror",
        "maybe,",
        "'',",
        "passpasspasspasspasspass,",
    })
    void of_word_isThatOfTheRfc(String word, String expected) {
        assertThat(ResultWord.of(word)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4F1A2B3C4D", "ABCDEF1", "4XcQkd1z2BzF1", "1rABCd-0000xy-2Z", "3E6A027F-8307.1", "AbCdEfGhIjK"})
    void is_queueId_ofAnyServer(String id) {
        assertThat(QueueId.is(id)).isTrue();
        assertThat(QueueId.leading(id + ": text")).isEqualTo(id.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "warning", "a b1234567", "(unknown-jobid)", "12345", "x/1234567"})
    void leading_word_isNoQueueId(String word) {
        assertThat(QueueId.leading(word + ": text")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b1234567", "(unknown-jobid)", "x/1234567", "a>b"})
    void is_textWithOtherCharacters_isNoQueueId(String text) {
        assertThat(QueueId.is(text)).isFalse();
    }

    @Test
    void leading_idWithoutAColon_isNone() {
        assertThat(QueueId.leading("4F1A2B3C4D text")).isZero();
        assertThat(QueueId.leading("4F1A2B3C4D")).isZero();
        assertThat(QueueId.is("1".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "example.org., example.org",
        "m\u00fcller.example, m\u00fcller.example",
        "_dmarc.example.org, _dmarc.example.org",
        "localhost,",
        ".org,",
        "exa mple.org,",
        "<x.org>,",
        "'',",
    })
    void domain_isOneOrNull(String text, String expected) {
        assertThat(DomainText.domain(text)).isEqualTo(expected);
    }

    @Test
    void domain_tooLong_isNone() {
        assertThat(DomainText.domain("a.".repeat(127) + "example")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-1.9, -1.9", "+2, 2", "0, 0", "12.345, 12.345"})
    void parse_score_isTheNumber(String text, double expected) {
        assertThat(Score.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "1e9", "NaN", "1.2.3", "1-2", "12345678901234567890", "0x1p3"})
    void parse_noScore_isNull(String text) {
        assertThat(Score.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"<a@b>,5", "<>,2", "'<\"x> y\"@b> c',10", "'<\"a\\\">\"@b>',10", "<a@b,-1", "'<\"a>',-1"})
    void end_ofAddress_isBehindItsBracket(String text, int expected) {
        assertThat(AngleAddress.end(text, 0)).isEqualTo(expected);
    }
}
