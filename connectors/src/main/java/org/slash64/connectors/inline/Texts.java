package org.slash64.connectors.inline;

/** Texts in verdicts. */
final class Texts {

    /** A verdict repeats no more of a text that its event has whole; longer ones are no names anyway. */
    private static final int MAX_TEXT = 512;

    private Texts() {}

    static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
