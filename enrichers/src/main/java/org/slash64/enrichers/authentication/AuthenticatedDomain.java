package org.slash64.enrichers.authentication;

/**
 * A domain that is proven to stand behind a client or message; the one that earns the reputation.
 *
 * @param domain the domain as checked, lower case in A-labels without the dot at the end
 * @param organisationalDomain by the Public Suffix List; the domain itself where that is a public suffix
 * @param method what proved it
 * @param alignment of the From field with it; {@link Alignment#STRICT}, {@link Alignment#RELAXED}, {@link
 *     Alignment#NONE} or {@link Alignment#NOT_KNOWN}
 */
public record AuthenticatedDomain(String domain, String organisationalDomain, Method method, Alignment alignment) {}
