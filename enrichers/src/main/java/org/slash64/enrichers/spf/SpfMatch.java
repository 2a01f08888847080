package org.slash64.enrichers.spf;

/**
 * A mechanism that matched.
 *
 * @param domain where its record is, without the dot at the end
 * @param directive the mechanism with its qualifier, as the record writes it
 */
public record SpfMatch(String domain, String directive) {}
