package org.slash64.enrichers.fcrdns;

import java.util.Arrays;
import java.util.HexFormat;

/** Notations of IPv6 addresses in names. */
final class EmbeddedIpv6 {
    private static final int WORDS = 8;
    private static final int HALF = 4;
    private static final int MAX_DIGITS = 4;
    private static final String SEPARATORS = "-._";
    /** What stands for zeros, as {@code ::} does: two separators with nothing between. */
    private static final int GAP = -1;

    private static final int NO_WORD = -2;

    private EmbeddedIpv6() {}

    /**
     * Words of hexadecimal digits with {@code -}, {@code .} or {@code _} between: those of either half of the address, or
     * the first two, a gap for zeros, and the last.
     */
    static boolean isIn(String host, byte[] address) {
        int[] words = words(address);
        int[] parts = parts(host);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] == GAP ? isShortened(parts, i, words) : hasHalf(parts, i, words)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasHalf(int[] parts, int at, int[] words) {
        return hasWords(parts, at, words, 0) || hasWords(parts, at, words, HALF);
    }

    /** A half of zeros alone is no evidence. */
    private static boolean hasWords(int[] parts, int at, int[] words, int half) {
        return at + HALF <= parts.length
                && Arrays.equals(parts, at, at + HALF, words, half, half + HALF)
                && !isZero(words, half, half + HALF);
    }

    private static boolean isShortened(int[] parts, int gap, int[] words) {
        for (int before = 2; before <= gap && before < WORDS; before++) {
            for (int after = 1; after < WORDS - before && gap + after < parts.length; after++) {
                if (Arrays.equals(parts, gap - before, gap, words, 0, before)
                        && Arrays.equals(parts, gap + 1, gap + 1 + after, words, WORDS - after, WORDS)
                        && isZero(words, before, WORDS - after)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isZero(int[] words, int from, int to) {
        for (int i = from; i < to; i++) {
            if (words[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** What stands between separators. */
    private static int[] parts(String host) {
        int[] parts = new int[host.length() + 1];
        int count = 0;
        int start = 0;
        for (int i = 0; i <= host.length(); i++) {
            if (i == host.length() || SEPARATORS.indexOf(host.charAt(i)) >= 0) {
                parts[count++] = word(host, start, i);
                start = i + 1;
            }
        }
        return Arrays.copyOf(parts, count);
    }

    private static int word(String host, int start, int end) {
        if (start == end) {
            return GAP;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Character.digit(host.charAt(i), 16);
            if (digit < 0 || i - start == MAX_DIGITS) {
                return NO_WORD;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static int[] words(byte[] address) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = (address[2 * i] & 0xff) << 8 | (address[2 * i + 1] & 0xff);
        }
        return words;
    }

    /** The sixteen digits of either half without anything between, in either order: nibbles of reverse DNS among them. */
    static String[] unseparated(byte[] address) {
        String digits = HexFormat.of().formatHex(address);
        String high = digits.substring(0, digits.length() / 2);
        String low = digits.substring(digits.length() / 2);
        return new String[] {high, low, reversed(high), reversed(low)};
    }

    private static String reversed(String digits) {
        return new StringBuilder(digits).reverse().toString();
    }
}
