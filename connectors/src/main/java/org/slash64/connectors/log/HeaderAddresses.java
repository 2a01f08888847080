package org.slash64.connectors.log;

import java.util.ArrayList;
import java.util.List;

/** The domains of the addresses in a header field as logs have it: on one line, perhaps cut (RFC 5322 section 3.4). */
public final class HeaderAddresses {

    /** As many as an event keeps of one field. */
    private static final int MAX_DOMAINS = 20;

    private static final int MAX_DOMAIN = 253; // RFC 1035 section 2.3.4, as text

    private final String text;
    private final List<String> domains = new ArrayList<>();
    private int at;

    private HeaderAddresses(String text) {
        this.text = text;
    }

    /**
     * The domains as written there, in order, without repetition.
     *
     * @param text the field's value
     * @param cut true where its end is missing; a domain that the cut may have shortened is left out
     */
    public static List<String> domains(String text, boolean cut) {
        HeaderAddresses addresses = new HeaderAddresses(text);
        addresses.read(cut);
        return List.copyOf(addresses.domains);
    }

    /** Quoted strings and comments are passed over; an at sign outside of them stands before a domain. */
    private void read(boolean cut) {
        while (at < text.length() && domains.size() < MAX_DOMAINS) {
            switch (text.charAt(at)) {
                case '"' -> skipQuoted();
                case '(' -> skipComment();
                case '@' -> domain(cut);
                default -> at++;
            }
        }
    }

    /** Up to the quote that no backslash escapes; without one the quote is a character like others. */
    private void skipQuoted() {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return;
            }
            i += c == '\\' ? 1 : 0;
        }
        at = text.length();
    }

    private void skipComment() {
        int end = HeaderComments.end(text, at);
        at = end < 0 ? text.length() : end;
    }

    private void domain(boolean cut) {
        int start = at + 1;
        int end = start;
        while (end < text.length() && isDomainCharacter(text.charAt(end))) {
            end++;
        }
        at = Math.max(end, start);
        boolean shortened = cut && end == text.length();
        if (end > start && end - start <= MAX_DOMAIN && !shortened) {
            String domain = text.substring(start, end);
            if (!domains.contains(domain)) {
                domains.add(domain);
            }
        }
    }

    private static boolean isDomainCharacter(char c) {
        return c != ' ' && !Character.isISOControl(c) && "<>()[]\\,;:\"@?".indexOf(c) < 0;
    }
}
