package org.slash64.deploy.bench.spf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.slash64.schemas.Address;

/**
 * Seeded domains with their records, and clients. Half of the clients are inside a network of their domain's records, half
 * outside of all; half of each have IPv6. Records end in {@code ~all}, since jSPF makes up an explanation for each fail.
 */
final class SpfSample {

    /** Domains with one record. */
    static final String ONE_RECORD = "one record";
    /** Domains whose record includes three others. */
    static final String THREE_INCLUDES = "three includes";

    static final int DOMAINS = 100;
    static final int CASES = 1_024;
    static final long SEED = 7208;

    /** Each case has a host of its own. */
    private static final int HOST_BITS_4 = 12;

    private static final int INCLUDES = 3;
    /** 2001:db8::/32, RFC 3849, above the 16 bits that tell the networks apart. */
    private static final int DOCUMENTATION = 0x2001_0db8;

    private final Random random = new Random(SEED);
    private final Map<String, String> records = new LinkedHashMap<>();
    private final List<SpfCase> cases = new ArrayList<>(CASES);

    private SpfSample(int includes) {
        for (int domain = 0; domain < DOMAINS; domain++) {
            publish(domain, includes);
        }
        for (int i = 0; i < CASES; i++) {
            int domain = random.nextInt(DOMAINS);
            cases.add(new SpfCase(
                    client(i, domain, Math.max(1, includes)).toString(), "user@" + name(domain), "mx." + name(domain)));
        }
    }

    /** Of {@link #ONE_RECORD} or {@link #THREE_INCLUDES}. */
    static SpfSample of(String workload) {
        return new SpfSample(workload.equals(ONE_RECORD) ? 0 : INCLUDES);
    }

    /** The only TXT record of each name, names without their last dot. */
    Map<String, String> records() {
        return records;
    }

    /** Checks, each of another client. */
    List<SpfCase> cases() {
        return cases;
    }

    private static String name(int domain) {
        return "d" + domain + ".example.com";
    }

    private void publish(int domain, int includes) {
        if (includes == 0) {
            records.put(name(domain), "v=spf1 " + networks(domain, 0) + " ~all");
            return;
        }
        StringBuilder record = new StringBuilder("v=spf1");
        for (int part = 0; part < includes; part++) {
            String included = "_spf" + part + "." + name(domain);
            records.put(included, "v=spf1 " + networks(domain, part) + " ~all");
            record.append(" include:").append(included);
        }
        records.put(name(domain), record + " ~all");
    }

    /** Two of each family; only the second of each is one that clients are in. */
    private static String networks(int domain, int part) {
        return "ip4:192.0.2." + part + " ip4:" + Address.ofV4(network4(domain, part)) + "/20 ip6:2001:db8:ffff:" + part
                + "::/64 ip6:" + Address.ofV6(network6(domain, part), 0) + "/48";
    }

    /** In 10.0.0.0/8; outsiders are in 11.0.0.0/8. */
    private static int network4(int domain, int part) {
        return 10 << 24 | (domain * INCLUDES + part) << HOST_BITS_4;
    }

    private static long network6(int domain, int part) {
        return (long) DOCUMENTATION << 32 | (long) (domain * INCLUDES + part) << 16;
    }

    /** Of IPv4, the number of the case is the host. */
    private Address client(int number, int domain, int parts) {
        int part = random.nextInt(parts);
        boolean inside = random.nextBoolean();
        if (random.nextBoolean()) {
            long high = network6(domain, part) | random.nextInt(1 << 16);
            return Address.ofV6(inside ? high : high ^ 1L << 32, random.nextLong());
        }
        int bits = network4(domain, part) | number;
        return Address.ofV4(inside ? bits : bits ^ 1 << 24);
    }
}
