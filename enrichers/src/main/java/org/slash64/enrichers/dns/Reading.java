package org.slash64.enrichers.dns;

import org.xbill.DNS.Name;

/** What a response says about a question. */
sealed interface Reading {
    /** It answers the question. */
    record Settled(DnsAnswer answer) implements Reading {}

    /** It leads to another name, {@code links} CNAME records on, and says nothing about that. */
    record Alias(Name target, int links, long ttlSeconds) implements Reading {}
}
