package org.slash64.connectors.opensmtpd;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields {@code key=value} of a line, in any order, up to the first that is not known: what follows it, such as a
 * client's command, may look like fields too. Values are in double quotes, in angle brackets, or end at a blank; between
 * fields there may be commas.
 */
final class Fields {

    /** The fields that are read, and what their values may stand in; a user name may begin with any of it. */
    enum FieldName {
        ADDRESS(""),
        HOST(""),
        USER(""),
        MSGID(""),
        EVPID(""),
        FROM("<>"),
        TO("<>"),
        SIZE(""),
        NRCPT(""),
        NRCPTS(""),
        NDEST(""),
        PROTO(""),
        REASON("\"\""),
        RESULT("\"\"");

        private final String text = name().toLowerCase(Locale.ROOT) + '=';
        private final String marks;

        FieldName(String marks) {
            this.marks = marks;
        }
    }

    private static final FieldName[] KEYS = FieldName.values();
    private static final int MAX_NUMBER_DIGITS = 18;

    private final String text;
    private final Map<FieldName, String> values = new EnumMap<>(FieldName.class);
    private int at;

    private Fields(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The fields that begin at a place of a text. */
    static Fields read(String text, int start) {
        Fields fields = new Fields(text, start);
        while (fields.next()) {
            fields.skipSeparators();
        }
        return fields;
    }

    private boolean next() {
        for (FieldName key : KEYS) {
            if (text.startsWith(key.text, at) && !values.containsKey(key)) {
                at += key.text.length();
                values.put(key, value(key.marks));
                return true;
            }
        }
        return false;
    }

    private void skipSeparators() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
            at++;
        }
    }

    private String value(String marks) {
        boolean marked = !marks.isEmpty() && text.startsWith(marks.substring(0, 1), at);
        return marked ? marked(marks.charAt(1)) : bare();
    }

    private String marked(char close) {
        int start = at + 1;
        int found = text.indexOf(close, start);
        int end = found < 0 ? text.length() : found;
        at = Math.min(text.length(), end + 1);
        return text.substring(Math.min(start, end), end);
    }

    private String bare() {
        int start = at;
        int blank = text.indexOf(' ', start);
        at = blank < 0 ? text.length() : blank;
        boolean comma = at > start && text.charAt(at - 1) == ',';
        return text.substring(start, comma ? at - 1 : at);
    }

    /** The place behind the fields. */
    int end() {
        return at;
    }

    /** A value, or null. */
    String get(FieldName key) {
        return values.get(key);
    }

    /** A value that is a number, or null. */
    Long number(FieldName key) {
        String value = values.get(key);
        boolean digits = value != null && !value.isEmpty() && value.length() <= MAX_NUMBER_DIGITS;
        for (int i = 0; digits && i < value.length(); i++) {
            digits = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return digits ? Long.valueOf(value) : null;
    }
}
