package org.slash64.connectors.postfix;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact.Envelope;

/**
 * The list that ends a refusal: {@code ; from=<…> to=<…> proto=… helo=<…> sasl_username=<…>}, each optional, always in
 * this order; postscreen puts commas between them. Addresses are the client's to choose and may look like a list themselves, so a list counts only where it
 * can be read up to its proper end; the first place from which that works is taken.
 */
final class Attributes {

    /** What may follow the list. */
    enum Ending {
        /** Nothing. */
        END_OF_LINE,
        /** A colon and a text, as in the refusals of a header or a body. */
        TEXT
    }

    /** No honest line comes near: a refusal's text seldom has more than three semicolons. */
    private static final int MAX_CANDIDATES = 64;

    private static final int MAX_VALUE = 2_000;
    private static final int MAX_TOKEN = 64;
    private static final String[] NAMES = {
        " from=<", " to=<", " proto=", " helo=", " sasl_method=", " sasl_username=<", " sasl_sender=<"
    };
    private static final int PROTO = 2;
    private static final int HELO = 3;
    private static final int SASL_METHOD = 4;
    private static final int SASL_USERNAME = 5;

    /** The place of the semicolon. */
    final int start;

    /** The place behind the last attribute. */
    final int end;

    private final String[] values;

    private Attributes(int start, int end, String[] values) {
        this.start = start;
        this.end = end;
        this.values = values;
    }

    /** The list after {@code from}, or null where there is none that ends as it should. */
    static Attributes find(String text, int from, Ending ending) {
        int semicolon = text.indexOf(';', from);
        for (int tried = 0; semicolon >= 0 && tried < MAX_CANDIDATES; semicolon = text.indexOf(';', semicolon + 1)) {
            if (startsList(text, semicolon + 1)) {
                tried++;
                Attributes found = at(text, semicolon, ending);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static boolean startsList(String text, int at) {
        return at == text.length() || nameAt(text, at, 0) >= 0;
    }

    /** The list whose semicolon is at the given place, or null. */
    static Attributes at(String text, int semicolon, Ending ending) {
        String[] values = new String[NAMES.length];
        int at = semicolon + 1;
        int next = 0;
        while (at < text.length() && !(ending == Ending.TEXT && text.startsWith(": ", at))) {
            int name = nameAt(text, at, next);
            int valueStart = name < 0 ? -1 : afterComma(text, at) + NAMES[name].length();
            int valueEnd = name < 0 ? -1 : valueEnd(text, name, valueStart, ending);
            if (valueEnd < 0) {
                return null;
            }
            values[name] = value(text, name, valueStart, valueEnd);
            at = valueEnd;
            next = name + 1;
        }
        return new Attributes(semicolon, at, values);
    }

    private static int afterComma(String text, int at) {
        return at < text.length() && text.charAt(at) == ',' ? at + 1 : at;
    }

    private static int nameAt(String text, int place, int first) {
        int at = afterComma(text, place);
        for (int i = first; i < NAMES.length; i++) {
            if (text.startsWith(NAMES[i], at)) {
                return i;
            }
        }
        return -1;
    }

    private static int valueEnd(String text, int name, int start, Ending ending) {
        return switch (name) {
            case PROTO, SASL_METHOD -> tokenEnd(text, start);
            case HELO ->
                text.startsWith("<", start) ? bracketEnd(text, name, start + 1, ending) : tokenEnd(text, start);
            default -> bracketEnd(text, name, start, ending);
        };
    }

    private static String value(String text, int name, int start, int end) {
        boolean closed = end > start && text.charAt(end - 1) == '>';
        int from = name == HELO && closed ? start + 1 : start;
        return text.substring(from, closed ? end - 1 : end);
    }

    private static int tokenEnd(String text, int start) {
        int end = start;
        while (end < text.length() && end - start < MAX_TOKEN && isTokenCharacter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isTokenCharacter(char c) {
        return c > ' ' && c != ':' && c != ',' && c != '<' && c != '>' && c != ';';
    }

    /** Behind the bracket that closes the value: the first one, outside a leading quoted part, that a list goes on after. */
    private static int bracketEnd(String text, int name, int start, Ending ending) {
        int quoted = afterQuoted(text, start);
        int end = boundary(text, name, quoted, start, ending);
        return end < 0 && quoted > start ? boundary(text, name, start, start, ending) : end;
    }

    private static int boundary(String text, int name, int from, int start, Ending ending) {
        int limit = Math.min(text.length(), start + MAX_VALUE);
        for (int i = from; i < limit; i++) {
            if (text.charAt(i) == '>' && goesOn(text, i + 1, name + 1, ending)) {
                return i + 1;
            }
            if (text.startsWith(">: ", i)) {
                return -1; // the address in the text of the refusal: <x@example.org>: Relay access denied
            }
        }
        return -1;
    }

    private static boolean goesOn(String text, int at, int next, Ending ending) {
        return at == text.length()
                || nameAt(text, at, next) >= 0
                || (ending == Ending.TEXT && text.startsWith(": ", at));
    }

    /** RFC 5321 section 4.1.2: a quoted local part ends at a quote that no backslash escapes. */
    private static int afterQuoted(String text, int start) {
        if (!text.startsWith("\"", start)) {
            return start;
        }
        int limit = Math.min(text.length(), start + MAX_VALUE);
        for (int i = start + 1; i < limit; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 1 : 0;
        }
        return start;
    }

    Envelope envelope() {
        return new Envelope(safe(0), safe(1), emptyToNull(safe(PROTO)), emptyToNull(safe(HELO)), saslMethod());
    }

    private String saslMethod() {
        String method = emptyToNull(safe(SASL_METHOD));
        boolean named = emptyToNull(values[SASL_USERNAME]) != null;
        return method == null && named ? Envelope.UNNAMED_MECHANISM : method;
    }

    private String safe(int name) {
        return values[name] == null ? null : SafeText.of(values[name]);
    }

    private static String emptyToNull(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
