package org.slash64.deploy.bench.prefix;

import java.util.Random;
import org.slash64.schemas.Address;

/** Seeded addresses as text. */
final class AddressSample {

    static final int SIZE = 4_096;
    static final long SEED = 64;

    static final String IPV6 = "IPv6";
    static final String IPV4 = "IPv4";

    /** 2000::/3, what is assigned: RFC 4291 section 2.4 and RFC 3513 section 4. */
    private static final long GLOBAL_UNICAST = 0x2000_0000_0000_0000L;

    private AddressSample() {}

    /** Of one family, {@link #IPV6} or {@link #IPV4}. */
    static String[] of(String family) {
        Random random = new Random(SEED);
        String[] texts = new String[SIZE];
        for (int i = 0; i < SIZE; i++) {
            texts[i] = (family.equals(IPV6) ? ipv6(random) : Address.ofV4(random.nextInt())).toString();
        }
        return texts;
    }

    private static Address ipv6(Random random) {
        long high = random.nextLong() >>> 3 | GLOBAL_UNICAST;
        boolean lowByte = random.nextInt(4) == 0;
        return Address.ofV6(high, lowByte ? random.nextInt(256) : random.nextLong());
    }
}
