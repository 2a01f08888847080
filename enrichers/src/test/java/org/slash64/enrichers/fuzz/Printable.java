package org.slash64.enrichers.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

/** What people get to see must not carry a sender's control characters, nor any length of text. */
public final class Printable {
    private Printable() {}

    /** Fails unless the text is printable ASCII and not too long. */
    public static void assertPrintable(String text, int maxLength) {
        assertThat(text).hasSizeLessThanOrEqualTo(maxLength);
        assertThat(text.chars().allMatch(c -> c >= ' ' && c <= '~')).as(text).isTrue();
    }
}
