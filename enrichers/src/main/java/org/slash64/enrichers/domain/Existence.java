package org.slash64.enrichers.domain;

/**
 * Whether a name exists for mail.
 *
 * @param reason how it came about, in words for people and safe to print
 */
public record Existence(ExistenceStatus status, String reason) {}
