package org.slash64.enrichers.spf;

import java.net.InetAddress;
import java.util.Optional;

/** A mechanism of a record whose match is a pass: whom the record lets send. */
public sealed interface SpfSource {
    /** The mechanism with its qualifier, as the record writes it; what does not print is a question mark. */
    String directive();

    /**
     * {@code a}: the addresses of a host, or networks around them.
     *
     * @param target the host, without the dot at the end; empty where macros make it or where it is no name
     * @param exact whether the addresses themselves are meant, not networks around them
     */
    record Host(String directive, Optional<String> target, boolean exact) implements SpfSource {}

    /** {@code mx}: the addresses of a domain's mail hosts; see {@link Host}. */
    record MailHosts(String directive, Optional<String> target, boolean exact) implements SpfSource {}

    /**
     * {@code ip4} and {@code ip6}.
     *
     * @param first the first address of the network
     * @param bits the prefix length
     */
    record Addresses(String directive, InetAddress first, int bits) implements SpfSource {
        /** Whether it is one address. */
        public boolean single() {
            return bits == first.getAddress().length * Byte.SIZE;
        }
    }

    /** {@code include}, {@code exists}, {@code ptr} and {@code all}: addresses that the record alone does not tell. */
    record Untold(String directive) implements SpfSource {}
}
