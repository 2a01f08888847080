package org.slash64.enrichers.dkim;

/**
 * One header field.
 *
 * @param name in lower case, without white space after it; empty for what is no field: a line without a colon, or a
 *     folded one that nothing precedes
 * @param raw all of it as Latin-1, folded as it is, without the CRLF at its end
 * @param valueStart where the value starts, after the colon
 */
record HeaderField(String name, String raw, int valueStart) {

    static HeaderField of(String raw) {
        int colon = raw.indexOf(':');
        boolean isField = colon > 0 && !Text.isWsp(raw.charAt(0));
        String name = !isField ? "" : Text.lower(Text.strip(raw.substring(0, colon)));
        return new HeaderField(name, raw, colon + 1);
    }

    String value() {
        return raw.substring(valueStart);
    }

    /** The same without a stretch of its value. */
    HeaderField without(int start, int end) {
        return new HeaderField(
                name, raw.substring(0, valueStart + start) + raw.substring(valueStart + end), valueStart);
    }
}
