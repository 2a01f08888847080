package org.slash64.deploy.report;

import java.util.Locale;
import org.slash64.schemas.Address;

/**
 * A line with what differs from one like it masked: numbers, ids, addresses and domain names. Works in one pass over the
 * beginning of the line.
 */
final class LineShape {

    /** Of the line; what two lines are alike in stands at their beginning. */
    private static final int MAX_CHARACTERS = 240;

    private static final int MIN_HEX_ID = 6;
    private static final int MIN_ID = 8;
    private static final int MIN_TOP_LABEL = 2;
    private static final String INNER = ".:-_@+%/";

    private final String text;
    private final StringBuilder shape = new StringBuilder();

    private LineShape(String text) {
        this.text = text;
    }

    /** The shape of a line. */
    static String of(String line) {
        boolean cut = line.length() > MAX_CHARACTERS;
        String shape = new LineShape(cut ? line.substring(0, MAX_CHARACTERS) : line).masked();
        return cut ? shape + " ..." : shape;
    }

    private String masked() {
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(at);
            if (end == at) {
                shape.append(text.charAt(at++));
            } else {
                word(at, end);
                at = end;
            }
        }
        return shape.toString();
    }

    /** The end of letters and digits, and of what joins them to names and addresses, that begin here. */
    private int wordEnd(int start) {
        int end = start;
        int at = start;
        while (at < text.length() && (isWord(text.charAt(at)) || isInner(text.charAt(at)))) {
            end = isWord(text.charAt(at)) ? at + 1 : end;
            at++;
        }
        return end == start || isWord(text.charAt(start)) || startsAddress(start) ? end : start;
    }

    /** {@code ::1} is the one kind of word that begins with something else. */
    private boolean startsAddress(int start) {
        return text.startsWith("::", start);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c);
    }

    private static boolean isInner(char c) {
        return INNER.indexOf(c) >= 0;
    }

    private void word(int start, int end) {
        String word = text.substring(start, end);
        String lower = word.toLowerCase(Locale.ROOT);
        if (word.indexOf('@') > 0) {
            shape.append("ADDRESS");
        } else if (Address.parse(word).isPresent()) {
            shape.append("IP");
        } else if (isNumber(word)) {
            shape.append('N');
        } else if (isId(lower)) {
            shape.append("ID");
        } else if (isDomain(lower)) {
            shape.append("DOMAIN");
        } else {
            withoutDigits(word);
        }
    }

    /** Digits, also as in a time or a version. */
    private static boolean isNumber(String word) {
        return word.chars().allMatch(c -> isDigit(c) || INNER.indexOf(c) >= 0);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Hex digits, or a mix of letters and digits as no word is. */
    private static boolean isId(String word) {
        int digits = 0;
        int letters = 0;
        boolean hex = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!isWord(c) && c != '-' && c != '_') {
                return false;
            }
            digits += isDigit(c) ? 1 : 0;
            letters += isWord(c) && !isDigit(c) ? 1 : 0;
            hex &= isDigit(c) || (c >= 'a' && c <= 'f');
        }
        boolean mixed = digits > 1 && letters > 0;
        return digits > 0 && ((hex && word.length() >= MIN_HEX_ID) || (mixed && word.length() >= MIN_ID));
    }

    private static boolean isDomain(String word) {
        int dot = word.lastIndexOf('.');
        boolean top = dot > 0
                && word.length() - dot > MIN_TOP_LABEL
                && word.chars().skip(dot + 1L).allMatch(Character::isLetter);
        return top && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    }

    private void withoutDigits(String word) {
        boolean inNumber = false;
        for (int i = 0; i < word.length(); i++) {
            boolean digit = isDigit(word.charAt(i));
            if (!digit) {
                shape.append(word.charAt(i));
            } else if (!inNumber) {
                shape.append('N');
            }
            inNumber = digit;
        }
    }
}
