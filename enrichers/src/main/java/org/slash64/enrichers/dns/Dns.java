package org.slash64.enrichers.dns;

import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Name;

/** Somebody to ask: a {@link DnsClient}, or records held in memory. */
@FunctionalInterface
public interface Dns {
    /**
     * Asks for the records of a type at a name, class IN; never blocks.
     *
     * @param name absolute
     * @param type a value of {@link org.xbill.DNS.Type}
     * @return the answer; it completes normally however the question ended, at once when the answer is at hand, and
     *     exceptionally only when there is nobody left to ask
     */
    CompletableFuture<DnsAnswer> query(Name name, int type);
}
