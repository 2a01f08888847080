package org.slash64.enrichers.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fields of a message, top first. */
final class Header {
    private final List<HeaderField> fields = new ArrayList<>();
    private final Map<String, List<HeaderField>> byName = new HashMap<>();
    private boolean whole = true;

    /** Takes a header apart; beyond {@code maxFields} the rest is left out. Lines end with CRLF. */
    static Header parse(String block, int maxFields) {
        Header header = new Header();
        int start = 0;
        while (start < block.length()) {
            int end = fieldEnd(block, start);
            if (header.fields.size() == maxFields) {
                header.whole = false;
                return header;
            }
            header.add(HeaderField.of(withoutCrlf(block, start, end)));
            start = end;
        }
        return header;
    }

    /** After the CRLF that no white space follows (RFC 5322 section 2.2.3). */
    private static int fieldEnd(String block, int start) {
        int crlf = block.indexOf("\r\n", start);
        while (crlf >= 0 && crlf + 2 < block.length() && Text.isWsp(block.charAt(crlf + 2))) {
            crlf = block.indexOf("\r\n", crlf + 2);
        }
        return crlf < 0 ? block.length() : crlf + 2;
    }

    private static String withoutCrlf(String block, int start, int end) {
        return block.substring(start, block.startsWith("\r\n", end - 2) ? end - 2 : end);
    }

    private void add(HeaderField field) {
        fields.add(field);
        if (!field.name().isEmpty()) {
            byName.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(field);
        }
    }

    /** Whether no field was left out. */
    boolean isWhole() {
        return whole;
    }

    /** The fields of a name in lower case, top first. */
    List<HeaderField> named(String name) {
        return byName.getOrDefault(name, List.of());
    }
}
