package org.slash64.deploy.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.slash64.schemas.Level;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;

/** What the topic {@code prefix.counts} says, summed up. For one thread at a time. */
final class Traffic {

    private final Duration shortest;
    private final Duration longest;
    private final TimeSeries series;
    private final BusiestPrefixes busiest;

    /** @param windows lengths of the windows that are counted */
    Traffic(List<Duration> windows) {
        shortest = windows.stream().min(Comparator.naturalOrder()).orElseThrow();
        longest = windows.stream().max(Comparator.naturalOrder()).orElseThrow();
        series = new TimeSeries(shortest);
        busiest = new BusiestPrefixes(longest);
    }

    void take(PrefixCount count) {
        Prefix prefix = Prefix.parse(count.getPrefix()).orElse(null);
        if (prefix == null) {
            return;
        }
        Duration length = Duration.between(count.getStart(), count.getEnd());
        if (length.equals(shortest) && prefix.equals(Prefix.network(prefix.address()))) {
            series.take(count);
        }
        if (length.equals(longest)) {
            busiest.take(prefix, count);
        }
    }

    Instant newest() {
        return series.newest();
    }

    Series series(Duration period, int most) {
        return series.last(period, most);
    }

    List<CountedWindow> windows(Prefix prefix) {
        return busiest.windows(prefix);
    }

    List<BusyPrefix> busiest(Level level, Duration period, Predicate<Prefix> wanted, Comparator<BusyPrefix> order) {
        return busiest.busiest(level, newest().minus(period), wanted, order);
    }
}
