package org.slash64.enrichers.domain;

/**
 * What an answer of a list means.
 *
 * @param text the list's own word for it
 */
public record Meaning(ListingKind kind, String text) {}
