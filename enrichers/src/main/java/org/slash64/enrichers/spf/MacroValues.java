package org.slash64.enrichers.spf;

import java.time.Clock;
import java.util.Optional;

/**
 * What macros stand for: RFC 7208 section 7.2.
 *
 * @param domain of the record that is evaluated
 * @param clientName the client's name that was confirmed, or {@code unknown}
 * @param receiver who checks
 */
record MacroValues(
        SpfQuery query, ClientAddress client, String domain, String clientName, String receiver, Clock clock) {
    /**
     * Longer than a path of RFC 5321 section 4.5.3.1 or a name. Of more only the end counts, as the end is what a name
     * is made of; it keeps many macros on a long text from taking long.
     */
    private static final int MAX_VALUE = 1_024;

    /** Empty for a local part that RFC 8616 section 4 keeps from matching anything. */
    Optional<String> of(char letter) {
        return switch (letter) {
            case 's' -> localPart().map(local -> end(local + "@" + query.domain()));
            case 'l' -> localPart().map(MacroValues::end);
            case 'o' -> Optional.of(end(query.domain()));
            case 'd' -> Optional.of(domain);
            case 'i' -> Optional.of(client.dotted());
            case 'p' -> Optional.of(clientName);
            case 'v' -> Optional.of(client.v6() ? "ip6" : "in-addr");
            case 'h' -> Optional.of(end(query.helo()));
            case 'c' -> Optional.of(client.readable());
            case 'r' -> Optional.of(receiver);
            case 't' -> Optional.of(Long.toString(clock.instant().getEpochSecond()));
            default -> throw new IllegalStateException("the parser let macro " + letter + " through");
        };
    }

    private Optional<String> localPart() {
        return Ascii.isAscii(query.localPart()) ? Optional.of(query.localPart()) : Optional.empty();
    }

    private static String end(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(value.length() - MAX_VALUE);
    }
}
