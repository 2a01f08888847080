package org.slash64.enrichers.dkim;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A tag=value list, RFC 6376 section 3.2 with the characters of RFC 8616 section 5. */
final class TagList {
    /** The standards know 13 tags for signatures and 8 for keys. */
    static final int MAX_TAGS = 64;

    /** The value without white space around it, and where it stands, white space included. */
    record Tag(String value, int start, int end) {}

    private final Map<String, Tag> tags = new HashMap<>();

    private TagList() {}

    static TagList parse(String text) throws DkimSyntaxException {
        TagList list = new TagList();
        int start = 0;
        do {
            int semicolon = text.indexOf(';', start);
            int end = semicolon < 0 ? text.length() : semicolon;
            boolean afterLast = semicolon < 0 && !list.tags.isEmpty() && isBlank(text, start, end);
            if (!afterLast) {
                list.add(text, start, end);
            }
            start = end + 1;
        } while (start <= text.length());
        return list;
    }

    private static boolean isBlank(String text, int start, int end) {
        int at = start;
        while (at < end && Text.isFws(text.charAt(at))) {
            at++;
        }
        return at == end;
    }

    private void add(String text, int start, int end) throws DkimSyntaxException {
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end) {
            throw new DkimSyntaxException("a tag without \"=\"");
        }
        String name = Text.strip(text.substring(start, equals));
        String value = Text.strip(text.substring(equals + 1, end));
        if (!isName(name) || !isValue(value)) {
            throw new DkimSyntaxException("a character that no tag may have");
        }
        if (tags.size() == MAX_TAGS) {
            throw new DkimSyntaxException("more than " + MAX_TAGS + " tags");
        }
        if (tags.put(name, new Tag(value, equals + 1, end)) != null) {
            throw new DkimSyntaxException("a tag that stands twice");
        }
    }

    private static boolean isName(String name) {
        if (name.isEmpty() || !Text.isLetter(name.charAt(0))) {
            return false;
        }
        return name.chars().allMatch(c -> Text.isLetter((char) c) || Text.isDigit((char) c) || c == '_');
    }

    private static boolean isValue(String value) {
        return value.chars().allMatch(c -> (c >= ' ' && c != 0x7f) || Text.isFws((char) c));
    }

    Optional<Tag> tag(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    Optional<String> value(String name) {
        return tag(name).map(Tag::value);
    }

    /** The value of a tag that must be there and not be empty. */
    String required(String name) throws DkimSyntaxException {
        String value = value(name).orElseThrow(() -> new DkimSyntaxException("no " + name + "="));
        if (value.isEmpty()) {
            throw new DkimSyntaxException("empty " + name + "=");
        }
        return value;
    }

    /** The bytes of a base64string, which may have white space anywhere; padding may be missing. */
    byte[] base64(String name) throws DkimSyntaxException {
        try {
            return Base64.getDecoder().decode(Text.withoutFws(required(name)));
        } catch (IllegalArgumentException e) {
            throw new DkimSyntaxException(name + "= is not base64");
        }
    }
}
