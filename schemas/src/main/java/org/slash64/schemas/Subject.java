package org.slash64.schemas;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What is counted, limited and listed: a prefix, or a domain. Its text is the key in topics. */
public sealed interface Subject permits Prefix, Domain {

    /** Bytes that tell subjects apart in a store; none starts with those of another. Prefixes sort as they do, before domains. */
    byte[] key();

    /** Reads a prefix, an address, which is the prefix of its full length, or a domain; empty where the text is none. */
    static Optional<Subject> parse(String text) {
        Optional<Prefix> prefix = Address.parse(text)
                .map(address -> Prefix.of(address, address.bits()))
                .or(() -> Prefix.parse(text));
        return prefix.isPresent()
                ? prefix.map(Subject.class::cast)
                : Domain.parse(text).map(Subject.class::cast);
    }

    /** The subject whose {@link #key()} starts the buffer; moves the buffer past it. */
    static Subject fromKey(ByteBuffer buffer) {
        return buffer.get(buffer.position()) == Domain.FAMILY ? Domain.fromKey(buffer) : Prefix.fromKey(buffer);
    }
}
