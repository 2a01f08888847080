package org.slash64.enrichers.dkim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Text of header fields and records, ASCII or UTF-8 (RFC 6532), held as Latin-1: one char is one byte. */
final class Text {
    private Text() {}

    /** WSP of RFC 5234. */
    static boolean isWsp(char c) {
        return c == ' ' || c == '\t';
    }

    /** What folding white space is made of. */
    static boolean isFws(char c) {
        return isWsp(c) || c == '\r' || c == '\n';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c <= 0x7f);
    }

    /** The characters; empty where the bytes are not UTF-8. */
    static Optional<String> utf8(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** In lower case, bytes beyond ASCII untouched. */
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    /** Without folding white space at both ends. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isFws(text.charAt(start))) {
            start++;
        }
        while (end > start && isFws(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Without any folding white space. */
    static String withoutFws(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isFws(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** The elements of a list with colons. */
    static List<String> colonList(String text) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(':'); end >= 0; end = text.indexOf(':', start)) {
            elements.add(strip(text.substring(start, end)));
            start = end + 1;
        }
        elements.add(strip(text.substring(start)));
        return elements;
    }
}
