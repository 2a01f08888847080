package org.slash64.enrichers.domain;

/**
 * A name and where it was seen.
 *
 * @param text as it was seen, any text; the part after the {@code @} of an address
 */
public record SeenName(DomainRole role, String text) {
    private static final String WILDCARD = "*.";

    /** What is to be read as a name: names in certificates may stand for all below them. */
    String nameText() {
        return role == DomainRole.TLS_NAME && text.startsWith(WILDCARD) ? text.substring(WILDCARD.length()) : text;
    }
}
