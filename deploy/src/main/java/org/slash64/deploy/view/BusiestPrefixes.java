package org.slash64.deploy.view;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slash64.schemas.Level;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;

/** Prefixes that sent something lately, with what came from them in the last of the longest windows. */
final class BusiestPrefixes {

    /** Of each level; the one that sent nothing for longest is forgotten when there are more. */
    static final int MOST_PREFIXES = 5_000;

    /** Of each prefix: a week of days, and the day it is in. */
    static final int MOST_WINDOWS = 8;

    private final Duration length;
    private final Map<Level, Bounded<Prefix, TreeMap<Instant, CountedWindow>>> levels = new EnumMap<>(Level.class);

    BusiestPrefixes(Duration length) {
        this.length = length;
        for (Level level : Level.values()) {
            levels.put(level, new Bounded<>(MOST_PREFIXES));
        }
    }

    void take(Prefix prefix, PrefixCount count) {
        Level.of(prefix).map(levels::get).ifPresent(known -> {
            TreeMap<Instant, CountedWindow> windows =
                    Optional.ofNullable(known.get(prefix)).orElseGet(TreeMap::new);
            known.renew(prefix, windows);
            windows.put(count.getStart(), CountedWindow.of(count));
            if (windows.size() > MOST_WINDOWS) {
                windows.pollFirstEntry();
            }
        });
    }

    /** The windows of a prefix in their order; empty where it is not among those kept. */
    List<CountedWindow> windows(Prefix prefix) {
        return Level.of(prefix)
                .map(level -> levels.get(level).get(prefix))
                .map(windows -> List.copyOf(windows.values()))
                .orElse(List.of());
    }

    /** What came from prefixes of a level in the windows that reach into a time; those with nothing are left out. */
    List<BusyPrefix> busiest(Level level, Instant from, Predicate<Prefix> wanted, Comparator<BusyPrefix> order) {
        return levels.get(level).entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .flatMap(entry -> busy(entry.getKey(), entry.getValue(), from).stream())
                .sorted(order)
                .toList();
    }

    private Optional<BusyPrefix> busy(Prefix prefix, NavigableMap<Instant, CountedWindow> windows, Instant from) {
        Map<Instant, CountedWindow> within = windows.tailMap(from.minus(length), false);
        if (within.isEmpty()) {
            return Optional.empty();
        }
        Figures sum = within.values().stream().map(CountedWindow::figures).reduce(Figures.NONE, Figures::plus);
        CountedWindow last = windows.lastEntry().getValue();
        return Optional.of(new BusyPrefix(prefix.toString(), sum, last.addresses(), last.children()));
    }
}
