package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTemplateTest {

    @Test
    void of_subject_takesItsPlace() {
        LinkTemplate link = new LinkTemplate("https://example.org/why?s={subject}&l=en#top");
        assertThat(link.of("2001:db8::/48")).isEqualTo("https://example.org/why?s=2001:db8::/48&l=en#top");
        assertThat(link.of("example.org")).isEqualTo("https://example.org/why?s=example.org&l=en#top");
    }

    @Test
    void of_hostileSubject_isEscaped() {
        LinkTemplate link = new LinkTemplate("http://example.org/{subject}");
        assertThat(link.of("a b\n\"$<\u00e9&{subject}\0"))
                .isEqualTo("http://example.org/a%20b%0A%22%24%3C%C3%A9%26%7Bsubject%7D%00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{subject}",
                "ftp://example.org/{subject}",
                "https://example.org/",
                "https://example.org/{subject}{subject}",
                "https://example.org/{other}{subject}",
                "https://example.org/ {subject}",
                "https://example.org/$1{subject}",
                "https://example.org/\"{subject}",
                "https://example.org/\u00e9{subject}"
            })
    void parse_noLink_isEmpty(String text) {
        assertThat(LinkTemplate.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new LinkTemplate(text));
    }

    @Test
    void parse_overLong_isEmpty() {
        String start = "https://example.org/{subject}";
        assertThat(LinkTemplate.parse(start + "x".repeat(LinkTemplate.MAX_TEXT - start.length())))
                .isPresent();
        assertThat(LinkTemplate.parse(start + "x".repeat(LinkTemplate.MAX_TEXT - start.length() + 1)))
                .isEmpty();
    }
}
