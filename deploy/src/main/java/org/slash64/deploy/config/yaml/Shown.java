package org.slash64.deploy.config.yaml;

/** Text of a file as a message may show it: short, and without characters that a terminal acts on. */
public final class Shown {

    private static final int MOST_OF_VALUE = 60;
    private static final int MOST_OF_MESSAGE = 200;

    private Shown() {}

    /** A value in quotes. */
    public static String quoted(String value) {
        return '"' + plain(value, MOST_OF_VALUE) + '"';
    }

    /** A message of a library, which may have words of the file in it, or a key. */
    public static String plain(String message) {
        return plain(message, MOST_OF_MESSAGE);
    }

    private static String plain(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(most).map(Shown::printable).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > most ? shown + "..." : shown.toString();
    }

    private static int printable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> '?';
            default -> codePoint;
        };
    }
}
