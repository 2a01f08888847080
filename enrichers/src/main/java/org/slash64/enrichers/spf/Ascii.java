package org.slash64.enrichers.spf;

/** Character classes of RFC 5234 appendix B.1, which know nothing of other scripts. */
final class Ascii {
    private Ascii() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlpha(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isAlpha(c);
    }

    static boolean isVisible(char c) {
        return c > ' ' && c < 0x7f;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != ' ' && !isVisible(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The text with a question mark for whatever is not printable, cut to a length: safe in a log. */
    static String printable(String text, int maxLength) {
        if (text.length() <= maxLength && isPrintable(text)) {
            return text;
        }
        int length = Math.min(text.length(), maxLength);
        StringBuilder safe = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            safe.append(c == ' ' || isVisible(c) ? c : '?');
        }
        return safe.toString();
    }
}
