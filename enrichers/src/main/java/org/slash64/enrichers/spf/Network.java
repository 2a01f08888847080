package org.slash64.enrichers.spf;

/** A prefix as numbers: addresses of its family whose bits under the masks are these. */
record Network(boolean v6, long high, long low, long highMask, long lowMask) {
    static final int BITS_4 = 32;
    static final int BITS_6 = 128;

    private static final int HALF = 64;

    static Network of4(int address, int prefix) {
        long mask = leading(prefix, BITS_4) & 0xffff_ffffL;
        return new Network(false, 0, address & mask, 0, mask);
    }

    static Network of6(long high, long low, int prefix) {
        long highMask = leading(Math.min(prefix, HALF), HALF);
        long lowMask = leading(Math.max(prefix - HALF, 0), HALF);
        return new Network(true, high & highMask, low & lowMask, highMask, lowMask);
    }

    /** So many ones, and zeros down to bit 0 of so many bits; a shift by 64 would be a shift by none. */
    private static long leading(int ones, int bits) {
        return ones == 0 ? 0 : -1L << (bits - ones);
    }

    boolean contains(ClientAddress client) {
        return client.v6() == v6 && (client.high() & highMask) == high && (client.low() & lowMask) == low;
    }
}
