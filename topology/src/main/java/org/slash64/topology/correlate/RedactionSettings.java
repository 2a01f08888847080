package org.slash64.topology.correlate;

import java.util.Arrays;

/** Which parts of addresses events are written without. */
public final class RedactionSettings {

    /** A shorter key could be found by trying. RFC 2104 section 3 advises the length of the hash. */
    public static final int MIN_KEY_BYTES = 16;

    private static final RedactionSettings KEEP = new RedactionSettings(LocalParts.KEEP, new byte[0]);

    /** What becomes of the local parts of addresses. */
    public enum LocalParts {
        /** They stay. */
        KEEP,
        /** A keyed hash stands for each, so that the same address is still known as the same. */
        HASH,
        /** One word stands for all. */
        DROP
    }

    private final LocalParts localParts;
    private final byte[] key;

    private RedactionSettings(LocalParts localParts, byte[] key) {
        this.localParts = localParts;
        this.key = key;
    }

    /** Nothing is taken out. */
    public static RedactionSettings keep() {
        return KEEP;
    }

    /** One word stands for all local parts. */
    public static RedactionSettings drop() {
        return new RedactionSettings(LocalParts.DROP, new byte[0]);
    }

    /**
     * A hash stands for each local part.
     *
     * @param key of HMAC-SHA-256, to be kept secret: whoever has it can try names
     */
    public static RedactionSettings hash(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("the key must have at least " + MIN_KEY_BYTES + " bytes");
        }
        return new RedactionSettings(LocalParts.HASH, key.clone());
    }

    public LocalParts localParts() {
        return localParts;
    }

    byte[] key() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RedactionSettings that && that.localParts == localParts && Arrays.equals(that.key, key);
    }

    @Override
    public int hashCode() {
        return localParts.hashCode();
    }

    @Override
    public String toString() {
        return localParts.toString();
    }
}
