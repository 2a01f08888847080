package org.slash64.enrichers.dkim;

import java.security.PublicKey;
import java.util.List;

/** One TXT record at a key's name, RFC 6376 section 3.6.1. */
sealed interface KeyRecord {
    /**
     * A key for mail.
     *
     * @param type k=
     * @param bits length of the RSA modulus, 256 for Ed25519
     * @param hashes h=; empty for any
     * @param testing t= has y
     * @param strict t= has s: i= must not be below d=
     */
    record Usable(PublicKey key, String type, int bits, List<String> hashes, boolean testing, boolean strict)
            implements KeyRecord {
        /** Copies the list. */
        public Usable {
            hashes = List.copyOf(hashes);
        }
    }

    /** No key that may be used, with the reason, safe to print. */
    record Unusable(String reason) implements KeyRecord {}

    /** Its p= is empty: RFC 6376 section 3.6.1. */
    Unusable REVOKED = new Unusable("key: revoked");
}
