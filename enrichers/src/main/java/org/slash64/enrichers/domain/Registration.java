package org.slash64.enrichers.domain;

import java.util.Optional;

/**
 * Where a name was registered, by the Public Suffix List.
 *
 * @param organisational the public suffix by the whole list and one label more, as DMARC has it (RFC 7489 section 3.2);
 *     empty for a name that is itself a public suffix
 * @param icannOrganisational the same by the list's ICANN section alone: for {@code a.github.io} it is {@code
 *     github.io}, whose owner lets others have names below
 * @param section what the public suffix by the whole list comes from
 */
public record Registration(Optional<String> organisational, Optional<String> icannOrganisational, Section section) {
    /** Parts of the Public Suffix List. */
    public enum Section {
        /** Suffixes of registries. */
        ICANN,
        /** Suffixes of owners who let others have names below theirs. */
        PRIVATE,
        /** No rule: the last label counts as the suffix. */
        UNLISTED
    }

    static final Registration NONE = new Registration(Optional.empty(), Optional.empty(), Section.UNLISTED);
}
