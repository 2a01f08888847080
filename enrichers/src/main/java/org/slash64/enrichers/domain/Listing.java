package org.slash64.enrichers.domain;

/**
 * One thing that a list says.
 *
 * @param meaning what it means
 * @param answer the address that the list answered with, such as {@code 127.0.1.2}
 */
public record Listing(Meaning meaning, String answer) {}
