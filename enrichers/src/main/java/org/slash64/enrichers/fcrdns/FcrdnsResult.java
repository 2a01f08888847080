package org.slash64.enrichers.fcrdns;

import java.util.List;

/**
 * What a check found. Names are in lower case without the dot at the end, bytes that do not print as {@code \DDD}, in
 * the canonical order of DNS names (RFC 4034 section 6.1).
 *
 * @param status the verdict
 * @param confirmed names whose addresses include the client's
 * @param names names that were tested, the confirmed ones among them
 * @param reason how the verdict came about, in words for people
 */
public record FcrdnsResult(FcrdnsStatus status, List<String> confirmed, List<String> names, String reason) {
    /** Copies the lists. */
    public FcrdnsResult {
        confirmed = List.copyOf(confirmed);
        names = List.copyOf(names);
    }
}
