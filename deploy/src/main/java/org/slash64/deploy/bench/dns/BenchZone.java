package org.slash64.deploy.bench.dns;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Names with an address each, drawn by a seed, in one zone. */
final class BenchZone {
    static final String APEX = "bench.test.";
    static final int SIZE = 100_000;
    static final long SEED = 64;

    private static final int LABEL_LENGTHS = 16;
    private static final int MIN_LABEL = 4;
    private static final int LETTERS = 26;

    private final List<String> names;

    private BenchZone(List<String> names) {
        this.names = names;
    }

    static BenchZone generate() {
        Random random = new Random(SEED);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            names.add(label(random) + "-" + i + "." + APEX); // the number keeps them apart
        }
        Collections.shuffle(names, random);
        return new BenchZone(names);
    }

    private static String label(Random random) {
        StringBuilder label = new StringBuilder();
        int length = MIN_LABEL + random.nextInt(LABEL_LENGTHS);
        for (int i = 0; i < length; i++) {
            label.append((char) ('a' + random.nextInt(LETTERS)));
        }
        return label.toString();
    }

    /** In the order in which both sides ask. */
    List<Name> names() throws TextParseException {
        List<Name> parsed = new ArrayList<>(names.size());
        for (String name : names) {
            parsed.add(Name.fromString(name));
        }
        return parsed;
    }

    /** Of the name at this place. */
    static String address(int place) {
        return "192.0.2." + (1 + place % 254);
    }

    void writeZone(Path file) throws IOException {
        try (PrintWriter out = writer(file)) {
            out.println("$TTL 3600");
            out.println(APEX + " IN SOA ns." + APEX + " hostmaster." + APEX + " 1 7200 900 604800 60");
            out.println(APEX + " IN NS ns." + APEX);
            out.println("ns." + APEX + " IN A 127.0.0.1");
            for (int place = 0; place < names.size(); place++) {
                out.println(names.get(place) + " IN A " + address(place));
            }
        }
    }

    /** As dnsperf reads them: a name and a type a line. */
    void writeQueries(Path file) throws IOException {
        try (PrintWriter out = writer(file)) {
            names.forEach(name -> out.println(name + " A"));
        }
    }

    private static PrintWriter writer(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.US_ASCII));
    }
}
