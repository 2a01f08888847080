package org.slash64.deploy.bench.suffix;

import java.util.List;
import java.util.Random;

/** Seeded names of hosts and senders, in lower case. */
final class NameSample {

    static final int SIZE = 4_096;
    static final long SEED = 1034;

    /** Of the ICANN section with one label, with two and with a wildcard, of the PRIVATE section, and of none. */
    private static final List<String> SUFFIXES =
            List.of("com", "net", "org", "de", "co.uk", "com.br", "sch.uk", "github.io", "blogspot.com", "example");

    private static final int MAX_HOST_LABELS = 3;
    private static final int MAX_LABEL = 16;

    private NameSample() {}

    static String[] names() {
        Random random = new Random(SEED);
        String[] names = new String[SIZE];
        for (int i = 0; i < SIZE; i++) {
            names[i] = name(random);
        }
        return names;
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int labels = 2 + random.nextInt(MAX_HOST_LABELS); labels > 0; labels--) {
            random.ints(1 + random.nextInt(MAX_LABEL), 'a', 'z' + 1).forEach(name::appendCodePoint);
            name.append('.');
        }
        return name.append(SUFFIXES.get(random.nextInt(SUFFIXES.size()))).toString();
    }
}
