package org.slash64.connectors.log;

/** A place in a text that only moves forward, with the small steps that log headers are made of. */
public final class Cursor {

    private static final int NOT_A_NUMBER = -1;

    final String text;
    final int end;
    int at;

    /** A cursor at the start of a text that ends, for it, at {@code end}. */
    public Cursor(String text, int end) {
        this.text = text;
        this.end = end;
    }

    /** True at the end of the text. */
    public boolean atEnd() {
        return at >= end;
    }

    /** The character {@code ahead} places on, or 0 past the end. */
    public char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : 0;
    }

    /** Steps over the character if it is the next one. */
    public boolean skip(char expected) {
        if (peek(0) != expected || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    /** Steps over blanks. */
    public void skipBlanks() {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** Reads exactly {@code count} digits; -1, and nothing read, where there are fewer. */
    public int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (!isDigit(peek(i))) {
                return NOT_A_NUMBER;
            }
            value = value * 10 + (peek(i) - '0');
        }
        at += count;
        return value;
    }

    /** Reads up to the next blank; empty at a blank or the end. */
    public String token() {
        int start = at;
        while (at < end && text.charAt(at) != ' ') {
            at++;
        }
        return text.substring(start, at);
    }

    /** The place in the text. */
    public int at() {
        return at;
    }

    /** Goes to a place of the text. */
    public void moveTo(int place) {
        at = place;
    }

    /** From here to the end. */
    public String rest() {
        return text.substring(at, end);
    }

    /** ASCII digits alone. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
