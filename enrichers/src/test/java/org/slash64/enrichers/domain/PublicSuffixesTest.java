package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.enrichers.domain.Registration.Section;

class PublicSuffixesTest {
    private static Stream<Arguments> cases() throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                PublicSuffixesTest.class.getResourceAsStream("public-suffix-cases.txt"), StandardCharsets.UTF_8))) {
            List<String[]> lines = in.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toList();
            return lines.stream().map(words -> Arguments.of(words[0], words.length == 1 ? "" : words[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void of_publicCase_isItsOrganisationalDomain(String name, String organisational) {
        DomainName parsed = DomainName.parse(name);
        assertThat(parsed.kind()).isEqualTo(DomainName.Kind.DOMAIN);
        assertThat(PublicSuffixes.of(parsed.ascii()).organisational())
                .isEqualTo(Optional.of(DomainName.parse(organisational).ascii()).filter(text -> !text.isEmpty()));
    }

    private static Registration registration(String organisational, String icann, Section section) {
        return new Registration(Optional.of(organisational), Optional.of(icann), section);
    }

    @Test
    void of_nameUnderPrivateSuffix_keepsTheSectionsApart() {
        assertThat(PublicSuffixes.of("a.b.github.io"))
                .isEqualTo(registration("b.github.io", "github.io", Section.PRIVATE));
        assertThat(PublicSuffixes.of("mail.ec2-192-0-2-1.compute-1.amazonaws.com"))
                .isEqualTo(
                        registration("mail.ec2-192-0-2-1.compute-1.amazonaws.com", "amazonaws.com", Section.PRIVATE));
    }

    @Test
    void of_privateSuffixItself_isOrganisationalByIcannAlone() {
        assertThat(PublicSuffixes.of("github.io"))
                .isEqualTo(new Registration(Optional.empty(), Optional.of("github.io"), Section.PRIVATE));
        assertThat(PublicSuffixes.of("ec2-192-0-2-1.compute-1.amazonaws.com"))
                .isEqualTo(new Registration(Optional.empty(), Optional.of("amazonaws.com"), Section.PRIVATE));
    }

    @Test
    void of_nameUnderIcannSuffix_isTheSameByBoth() {
        assertThat(PublicSuffixes.of("mail.example.co.uk"))
                .isEqualTo(registration("example.co.uk", "example.co.uk", Section.ICANN));
    }

    @Test
    void of_suffixesAndSingleLabels_haveNone() {
        assertThat(PublicSuffixes.of("co.uk"))
                .isEqualTo(new Registration(Optional.empty(), Optional.empty(), Section.ICANN));
        assertThat(PublicSuffixes.of("com").section()).isEqualTo(Section.ICANN);
        assertThat(PublicSuffixes.of("localhost")).isEqualTo(Registration.NONE);
    }

    @Test
    void of_unlistedTopLevelDomain_takesTheLastLabelForTheSuffix() {
        assertThat(PublicSuffixes.of("a.b.example.test"))
                .isEqualTo(registration("example.test", "example.test", Section.UNLISTED));
        assertThat(PublicSuffixes.of("a.b.4you")).isEqualTo(registration("b.4you", "b.4you", Section.UNLISTED));
    }

    @Test
    void of_underscores_areLabelsLikeOthers() {
        assertThat(PublicSuffixes.of("_dmarc.mail_1.example.com").organisational())
                .contains("example.com");
        assertThat(PublicSuffixes.of("_x.mm").organisational()).isEmpty();
        assertThat(PublicSuffixes.of("a._x.mm").organisational()).contains("a._x.mm");
        assertThat(PublicSuffixes.of("a_b").organisational()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".com", "a..b.com", "-a.com", "a b.com", "a.com.", "\\000.example.com"})
    void of_whatIsNoName_hasNone(String text) {
        assertThat(PublicSuffixes.of(text)).isEqualTo(Registration.NONE);
    }

    @Test
    void of_longestNames_areBounded() {
        assertThat(PublicSuffixes.of("a.".repeat(126) + "b").organisational()).contains("a.b");
        assertThat(PublicSuffixes.of("a.".repeat(10_000) + "com")).isEqualTo(Registration.NONE);
    }
}
