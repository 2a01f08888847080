package org.slash64.deploy.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slash64.schemas.PrefixCount;

/** What came from all networks together, by the shortest window. */
final class TimeSeries {

    /** A week of minutes. */
    static final int MOST_WINDOWS = 10_080;

    /** So many windows of single networks are told apart until they are closed. */
    static final int MOST_OPEN = 100_000;

    private static final List<Duration> READABLE = Stream.of(1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440)
            .map(Duration::ofMinutes)
            .toList();

    private final Duration length;
    private final TreeMap<Instant, Figures> windows = new TreeMap<>();
    private final Bounded<String, Figures> open = new Bounded<>(MOST_OPEN);

    TimeSeries(Duration length) {
        this.length = length;
    }

    /** Each record of a window has all that came so far. */
    void take(PrefixCount count) {
        Figures now = Figures.of(count.getCounts());
        String key = count.getPrefix() + "@" + count.getStart();
        Figures before = count.getClosed() ? open.remove(key) : open.renew(key, now);
        Figures more = before == null ? now : now.minus(before);
        windows.merge(count.getStart(), more, Figures::plus);
        if (windows.size() > MOST_WINDOWS) {
            windows.pollFirstEntry();
        }
    }

    /** When the newest window starts; the epoch where there is none. */
    Instant newest() {
        return windows.isEmpty() ? Instant.EPOCH : windows.lastKey();
    }

    /**
     * The time up to the newest window, in pieces of equal length, empty ones included; the last one may not be over.
     *
     * @param most pieces, but for one that is cut off at either end
     */
    Series last(Duration period, int most) {
        Duration step = step(period, most);
        List<Series.Point> points = new ArrayList<>();
        if (!windows.isEmpty()) {
            Instant last = startOf(windows.lastKey(), step);
            Instant first = startOf(windows.lastKey().minus(period), step).plus(step);
            for (Instant start = first; !start.isAfter(last); start = start.plus(step)) {
                points.add(point(start, start.plus(step)));
            }
        }
        return new Series(step.toString(), points);
    }

    /** A length that people read easily, where one fits. */
    private Duration step(Duration period, int most) {
        long pieces = Math.max(1, period.dividedBy(length));
        Duration least = length.multipliedBy((pieces + most - 1) / most);
        return READABLE.stream()
                .filter(step -> step.compareTo(least) >= 0 && step.toMillis() % length.toMillis() == 0)
                .findFirst()
                .orElse(least);
    }

    private static Instant startOf(Instant time, Duration step) {
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), step.toMillis()) * step.toMillis());
    }

    private Series.Point point(Instant from, Instant to) {
        Map<Instant, Figures> within = windows.subMap(from, to);
        return new Series.Point(from, within.values().stream().reduce(Figures.NONE, Figures::plus));
    }
}
