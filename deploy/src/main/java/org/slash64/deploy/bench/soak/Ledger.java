package org.slash64.deploy.bench.soak;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slash64.schemas.Sha256;

/** How often each thing was seen. Things are told apart by half of a SHA-256, so that hostile ones take no more room. */
final class Ledger {

    private final Map<Long, Integer> times = new HashMap<>();
    private long total;

    /** Takes note of one more. */
    void add(byte[] thing) {
        times.merge(key(thing), 1, Integer::sum);
        total++;
    }

    /** Takes note of one more. */
    void add(String thing) {
        add(bytes(thing));
    }

    /** Takes note of one more of which the SHA-256 is known, in hex. */
    void addHash(String sha256) {
        times.merge(Long.parseUnsignedLong(sha256.substring(0, 2 * Long.BYTES), 16), 1, Integer::sum);
        total++;
    }

    /** Takes note of all that another noted. */
    void addAll(Ledger other) {
        other.times.forEach((key, number) -> times.merge(key, number, Integer::sum));
        total += other.total;
    }

    boolean contains(byte[] thing) {
        return times.containsKey(key(thing));
    }

    boolean contains(String thing) {
        return contains(bytes(thing));
    }

    private static byte[] bytes(String thing) {
        return thing.getBytes(StandardCharsets.UTF_8);
    }

    private static long key(byte[] thing) {
        return ByteBuffer.wrap(Sha256.digest().digest(thing)).getLong();
    }

    /** How many were noted. */
    long total() {
        return total;
    }

    /** Compares what should be, which this holds, with what is. */
    Account account(String name, Ledger found) {
        return new Account(name, total, found.total, over(found), found.over(this));
    }

    /** How many this has that the other has not, or not so often. */
    private long over(Ledger other) {
        return times.entrySet().stream()
                .mapToLong(entry -> Math.max(0, entry.getValue() - other.times.getOrDefault(entry.getKey(), 0)))
                .sum();
    }
}
