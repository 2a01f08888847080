package org.slash64.enrichers.fcrdns;

import java.util.List;

/**
 * What a check found. Names are in lower case without the dot at the end, bytes that do not print as {@code \DDD}, in
 * the canonical order of DNS names (RFC 4034 section 6.1).
 *
 * @param status the verdict
 * @param confirmed names whose addresses include the client's
 * @param names names that were tested, the confirmed ones among them
 * @param generic those of the names that look generic; that is a signal of its own, and such a name can pass
 * @param reason how the verdict came about, in words for people
 */
public record FcrdnsResult(
        FcrdnsStatus status, List<String> confirmed, List<String> names, List<GenericName> generic, String reason) {
    /** Copies the lists. */
    public FcrdnsResult {
        confirmed = List.copyOf(confirmed);
        names = List.copyOf(names);
        generic = List.copyOf(generic);
    }

    /**
     * Whether the client has none but generic names: none other among the confirmed, or, where none is confirmed, among
     * all. False for a client without names.
     */
    public boolean looksGeneric() {
        List<String> counted = confirmed.isEmpty() ? names : confirmed;
        List<String> found = generic.stream().map(GenericName::name).toList();
        return !counted.isEmpty() && found.containsAll(counted);
    }
}
