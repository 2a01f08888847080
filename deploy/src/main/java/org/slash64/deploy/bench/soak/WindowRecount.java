package org.slash64.deploy.bench.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slash64.schemas.Address;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Shares;
import org.slash64.topology.count.Sums;

/**
 * Counts verdicts once more, without a stream, and compares the sums with those that the stream published. An event that
 * came too late for its window counts in a later one, which depends on when it came; so where such events are, the sums over
 * all windows of the prefix are compared.
 */
final class WindowRecount {

    /** An event further ahead of its verdict than this may count at an earlier time than its own. */
    private static final Duration BELIEVED = Duration.ofMinutes(9);

    private record Series(String prefix, String window) {}

    private record Window(Series series, Instant start) {}

    /** What was published about a window. */
    private static final class Published {
        private Counts last = Sums.zero();
        private int closed;
        private boolean changedAfterClosing;

        void take(PrefixCount count) {
            changedAfterClosing |= closed > 0;
            last = count.getCounts();
            closed += count.getClosed() ? 1 : 0;
        }
    }

    private final List<Duration> lengths;
    private final Map<Window, Counts> expected = new HashMap<>();
    private final Map<Window, Published> published = new HashMap<>();
    private final Set<String> ahead = new HashSet<>();

    /** @param lengths of the windows */
    WindowRecount(List<Duration> lengths) {
        this.lengths = List.copyOf(lengths);
    }

    /**
     * Counts a verdict.
     *
     * @param written when it was
     */
    void take(SmtpVerdict verdict, Instant written) {
        if (verdict.getExempt() == null) {
            Instant counted = verdict.getEvent().getCountedAt();
            boolean unbelieved = counted.isAfter(written.plus(BELIEVED));
            Address.parse(verdict.getEvent().getClient())
                    .ifPresent(client -> Shares.ofEvent(verdict, client, (subject, tally) -> {
                        if (subject instanceof Prefix) {
                            Shares.upwards(
                                    subject,
                                    tally,
                                    (level, share) -> add(level.toString(), counted, share.getCounts(), unbelieved));
                        }
                    }));
        }
    }

    private void add(String prefix, Instant counted, Counts counts, boolean unbelieved) {
        if (unbelieved) {
            ahead.add(prefix);
        }
        long bucket = Bucket.startOf(Math.max(0, counted.toEpochMilli()));
        for (Duration length : lengths) {
            long start = Math.floorDiv(bucket, length.toMillis()) * length.toMillis();
            Window window = new Window(new Series(prefix, length.toString()), Instant.ofEpochMilli(start));
            Sums.add(expected.computeIfAbsent(window, none -> Sums.zero()), counts);
        }
    }

    /** Takes note of what the stream published; all of a window in order. */
    void take(PrefixCount count) {
        Series series = new Series(count.getPrefix(), count.getWindow());
        published
                .computeIfAbsent(new Window(series, count.getStart()), none -> new Published())
                .take(count);
    }

    /** Windows that were closed. */
    long closed() {
        return published.values().stream().filter(window -> window.closed > 0).count();
    }

    /** Windows of prefixes without late events: each must be the same, and be closed once at most. */
    Account windows() {
        Set<Series> moved = moved();
        Set<Window> all = new HashSet<>(expected.keySet());
        all.addAll(published.keySet());
        all.removeIf(window -> moved.contains(window.series()));
        long missing = all.stream()
                .filter(window -> expected.containsKey(window) && !isSame(window))
                .count();
        long surplus = all.stream()
                .filter(published::containsKey)
                .filter(window -> !expected.containsKey(window)
                        || published.get(window).closed > 1
                        || published.get(window).changedAfterClosing)
                .count();
        return new Account(
                "windows",
                all.stream().filter(expected::containsKey).count(),
                all.stream().filter(published::containsKey).count(),
                missing,
                surplus);
    }

    private boolean isSame(Window window) {
        return published.containsKey(window)
                && withoutLate(expected.get(window)).equals(withoutLate(published.get(window).last));
    }

    /** Sums over all windows of one length of a prefix, of those with late events. */
    Account series() {
        Set<Series> moved = moved();
        Map<Series, Counts> should = new HashMap<>();
        expected.forEach((window, counts) -> sum(should, window.series(), counts));
        Map<Series, Counts> is = publishedBySeries();
        long missing = moved.stream()
                .filter(should::containsKey)
                .filter(series -> !is.containsKey(series)
                        || !withoutLate(should.get(series)).equals(withoutLate(is.get(series))))
                .count();
        long surplus =
                moved.stream().filter(series -> !should.containsKey(series)).count();
        return new Account(
                "sums of prefixes with late events",
                moved.stream().filter(should::containsKey).count(),
                moved.stream().filter(is::containsKey).count(),
                missing,
                surplus);
    }

    private Map<Series, Counts> publishedBySeries() {
        Map<Series, Counts> is = new HashMap<>();
        published.forEach((window, counts) -> sum(is, window.series(), counts.last));
        return is;
    }

    private static void sum(Map<Series, Counts> sums, Series series, Counts counts) {
        Sums.add(sums.computeIfAbsent(series, none -> Sums.zero()), counts);
    }

    /** Series of prefixes of which events may count in other windows than in their own. */
    private Set<Series> moved() {
        Set<Series> moved = new HashSet<>();
        published.forEach((window, counts) -> {
            if (counts.last.getLate() > 0 || ahead.contains(window.series().prefix())) {
                moved.add(window.series());
            }
        });
        return moved;
    }

    private static Counts withoutLate(Counts counts) {
        Counts copy = Sums.add(Sums.zero(), counts);
        copy.setLate(0);
        return copy;
    }
}
