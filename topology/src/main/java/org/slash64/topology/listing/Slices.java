package org.slash64.topology.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.state.EvidenceSlice;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

/** The evidence of the time looked at, in slices of an hour, over a list of a state that it changes. */
final class Slices {

    static final Duration LENGTH = Duration.ofHours(1);

    private static final long LENGTH_MILLIS = LENGTH.toMillis();

    private final List<EvidenceSlice> slices;
    private final long lookBackMillis;

    Slices(List<EvidenceSlice> slices, Duration lookBack) {
        this.slices = slices;
        this.lookBackMillis = lookBack.toMillis();
    }

    /** Adds a bucket that is no older than those before. */
    void add(Bucket bucket) {
        long start = Math.floorDiv(bucket.start(), LENGTH_MILLIS) * LENGTH_MILLIS;
        EvidenceSlice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last == null || last.getStart() != start) {
            last = new EvidenceSlice(start, Tallies.none());
            slices.add(last);
        }
        Tally sum = last.getTally();
        Tallies.add(sum, bucket.tally());
        sum.getOrders().clear(); // they were obeyed, or are about to be
    }

    /** Drops what is older than the time looked at. */
    void forget(long now) {
        while (!slices.isEmpty() && slices.get(0).getStart() + LENGTH_MILLIS <= now - lookBackMillis) {
            slices.remove(0); // lists of records read from a store have no removeIf
        }
    }

    void clear() {
        slices.clear();
    }

    /** When the last slice is older than the time looked at; 0 where there is none. */
    long end() {
        return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).getStart() + LENGTH_MILLIS + lookBackMillis;
    }

    /** What the slices come to, which may not be empty, up to an instant (epoch milliseconds). */
    Evidence evidence(long to) {
        Tally sum = Tallies.none();
        slices.forEach(slice -> Tallies.add(sum, slice.getTally()));
        return new Evidence(
                Instant.ofEpochMilli(slices.get(0).getStart()),
                Instant.ofEpochMilli(to),
                sum.getCounts(),
                Sketch.estimate(sum.getAddresses()),
                Sketch.estimate(sum.getChildren()),
                Sketch.estimate(sum.getBadChildren()),
                Sketch.estimate(sum.getDomains()));
    }
}
