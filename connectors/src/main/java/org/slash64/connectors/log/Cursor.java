package org.slash64.connectors.log;

/** A place in a text that only moves forward, with the small steps that log headers are made of. */
final class Cursor {

    private static final int NOT_A_NUMBER = -1;

    final String text;
    final int end;
    int at;

    Cursor(String text, int end) {
        this.text = text;
        this.end = end;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** The character {@code ahead} places on, or 0 past the end. */
    char peek(int ahead) {
        return at + ahead < end ? text.charAt(at + ahead) : 0;
    }

    boolean skip(char expected) {
        if (peek(0) != expected || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    void skipBlanks() {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** Reads exactly {@code count} digits; -1, and nothing read, where there are fewer. */
    int digits(int count) {
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
    String token() {
        int start = at;
        while (at < end && text.charAt(at) != ' ') {
            at++;
        }
        return text.substring(start, at);
    }

    String rest() {
        return text.substring(at, end);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
