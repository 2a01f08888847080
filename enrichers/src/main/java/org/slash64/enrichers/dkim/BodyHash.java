package org.slash64.enrichers.dkim;

import java.security.MessageDigest;

/** Hashes the first bytes of a canonicalized body. */
final class BodyHash {
    private final MessageDigest digest;
    private final long limit;
    private long taken;

    BodyHash(MessageDigest digest, long limit) {
        this.digest = digest;
        this.limit = limit;
    }

    void update(byte[] bytes, int length) {
        int wanted = (int) Math.min(length, limit - taken);
        digest.update(bytes, 0, wanted);
        taken += wanted;
    }

    Octets finish() {
        return Octets.of(digest.digest());
    }
}
