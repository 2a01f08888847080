package org.slash64.deploy.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * How long answers took, each from when its request was to be sent.
 *
 * @param answers in all
 * @param elapsed over which they came
 * @param p50 so long, in microseconds, took the half of them at most
 * @param p99 so long 99%
 * @param p999 so long 99.9%
 */
public record Latencies(long answers, Duration elapsed, long p50, long p99, long p999) {

    /** Answers a second. */
    public double rate() {
        return answers * 1e9 / elapsed.toNanos();
    }

    /** One line that {@link #parse} reads. */
    public String print() {
        return answers + " " + elapsed.toNanos() + " " + p50 + " " + p99 + " " + p999;
    }

    /** Reads what {@link #print} wrote. */
    public static Latencies parse(String line) {
        String[] numbers = line.strip().split(" ", -1);
        return new Latencies(
                Long.parseLong(numbers[0]),
                Duration.ofNanos(Long.parseLong(numbers[1])),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]),
                Long.parseLong(numbers[4]));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,.0f/s, p50 %,d us, p99 %,d us, p99.9 %,d us", rate(), p50, p99, p999);
    }
}
