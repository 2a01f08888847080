package org.slash64.deploy.bench.api;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slash64.deploy.bench.Histogram;
import org.slash64.deploy.bench.Latencies;

/** Counts answers by their status and by how long they took. Safe for use by several threads. */
final class ApiAnswers {

    /** Stands for the status where no answer came. */
    static final int NONE = 0;

    private static final int FOUND = 200;
    private static final int NOT_FOUND = 404;

    private final Histogram histogram = new Histogram();
    private final Map<Integer, Long> statuses = new TreeMap<>();

    /** @param nanos from when its request was due */
    synchronized void add(int status, long nanos) {
        histogram.add(nanos);
        statuses.merge(status, 1L, Long::sum);
    }

    /** How long they took. */
    synchronized Latencies latencies(Duration elapsed) {
        return histogram.latencies(elapsed);
    }

    /** How many had which status: {@code 200: 2,990, 404: 10}. */
    synchronized String statuses() {
        return statuses.entrySet().stream()
                .map(entry -> (entry.getKey() == NONE ? "none" : entry.getKey()) + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** @throws IOException where there is an answer that is neither 200 nor 404 */
    synchronized void requireGood() throws IOException {
        long all = statuses.values().stream().mapToLong(Long::longValue).sum();
        long good = statuses.getOrDefault(FOUND, 0L) + statuses.getOrDefault(NOT_FOUND, 0L);
        if (all == 0 || good != all) {
            throw new IOException(
                    (all - good) + " of " + all + " answers were neither 200 nor 404 (" + statuses() + ")");
        }
    }
}
