package org.slash64.enrichers.dns;

import java.security.SecureRandom;

/** Unpredictable bits, drawn from the system in blocks. Of one thread. */
final class RandomBits {
    private static final int BLOCK = 1024;

    private final SecureRandom source = new SecureRandom();
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;
    private int rest;
    private int restBits;

    /** 0 to 65,535. */
    int sixteen() {
        return (next() << Byte.SIZE) | next();
    }

    /** 0 to below the bound, which is 65,536 at most; each equally likely only where it is a power of two. */
    int below(int bound) {
        return sixteen() % bound;
    }

    boolean one() {
        if (restBits == 0) {
            rest = next();
            restBits = Byte.SIZE;
        }
        restBits--;
        return ((rest >> restBits) & 1) == 1;
    }

    private int next() {
        if (used == BLOCK) {
            source.nextBytes(block);
            used = 0;
        }
        return block[used++] & 0xff;
    }
}
