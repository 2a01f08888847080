package org.slash64.deploy.bench.ingest;

import java.util.Locale;
import java.util.SplittableRandom;

/** Who talks to the server of the sample, and the names in their mail. Documentation addresses and names (RFC 3849, 2606). */
final class SampleClients {

    private static final int CLIENTS = 50_000;
    private static final int DOMAINS = 5_000;
    private static final int IPV6_PERCENT = 70;

    private final SplittableRandom random;
    private final String[] clients = new String[CLIENTS];
    private final String[] domains = new String[DOMAINS];

    SampleClients(SplittableRandom random) {
        this.random = random;
        for (int i = 0; i < DOMAINS; i++) {
            domains[i] = "d" + Integer.toString(i, 36) + (i % 3 == 0 ? ".example.com" : ".mail.example.net");
        }
        for (int i = 0; i < CLIENTS; i++) {
            String name = i % 8 == 0 ? "unknown" : "mail" + i % 97 + "." + domains[i % DOMAINS];
            clients[i] = name + "[" + (random.nextInt(100) < IPV6_PERCENT ? ipv6() : ipv4()) + "]";
        }
    }

    private String ipv6() {
        return String.format(
                Locale.ROOT,
                "2001:db8:%x:%x::%x",
                random.nextInt(1, 1 << 16),
                random.nextInt(1, 1 << 16),
                random.nextInt(1, 1 << 16));
    }

    private String ipv4() {
        return "198." + random.nextInt(18, 20) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
    }

    /** {@code name[address]}; few are seen often, many seldom. */
    String client() {
        return clients[skewed(CLIENTS)];
    }

    /** A domain name, likewise. */
    String domain() {
        return domains[skewed(DOMAINS)];
    }

    /** An address of somebody else. */
    String sender() {
        return "user" + random.nextInt(10_000) + "@" + domain();
    }

    /** An address of the server's own. */
    String recipient() {
        return "u" + random.nextInt(2_000) + "@example.org";
    }

    private int skewed(int size) {
        double place = random.nextDouble();
        return (int) (size * place * place * place);
    }
}
