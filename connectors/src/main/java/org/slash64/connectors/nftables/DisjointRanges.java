package org.slash64.connectors.nftables;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slash64.connectors.publish.Blocklist;
import org.slash64.schemas.Prefix;

/**
 * Makes of prefixes inside each other, less exceptions, ranges that lie side by side, as the kernel wants them. Where several
 * listings hold an address the last to expire counts. Neighbours that expire at the same time are one.
 */
final class DisjointRanges {

    /** What the addresses up to {@code last} are listed until, those of deeper prefixes aside; empty where they are excepted. */
    private record Level(int bits, BigInteger last, Optional<Instant> expires) {}

    private final Deque<Level> open = new ArrayDeque<>();
    private final List<AddressRange> ranges = new ArrayList<>();

    /** First of the addresses that are not decided yet. */
    private BigInteger next = BigInteger.ZERO;

    private DisjointRanges() {}

    /** In order, IPv4 first. */
    static List<AddressRange> of(Blocklist list) {
        Map<Prefix, Optional<Instant>> all = new TreeMap<>();
        list.listings().forEach((prefix, listing) -> all.put(prefix, Optional.of(listing.getExpires())));
        list.exceptions().forEach(prefix -> all.put(prefix, Optional.empty()));
        DisjointRanges disjoint = new DisjointRanges();
        all.forEach(disjoint::enter);
        while (!disjoint.open.isEmpty()) {
            disjoint.leave();
        }
        return disjoint.ranges;
    }

    /** Prefixes come in their order: the next is inside the one before, or past it. */
    private void enter(Prefix prefix, Optional<Instant> expires) {
        int bits = prefix.address().bits();
        BigInteger first = new BigInteger(1, prefix.address().bytes());
        BigInteger last =
                first.add(BigInteger.ONE.shiftLeft(bits - prefix.length())).subtract(BigInteger.ONE);
        while (!open.isEmpty()
                && (open.element().bits != bits || open.element().last.compareTo(first) < 0)) {
            leave();
        }
        if (!open.isEmpty()) {
            close(open.element(), first.subtract(BigInteger.ONE));
        }
        next = first;
        open.push(new Level(bits, last, expires.map(this::noEarlierThanAround)));
    }

    private Instant noEarlierThanAround(Instant expires) {
        return Optional.ofNullable(open.peek())
                .flatMap(Level::expires)
                .filter(expires::isBefore)
                .orElse(expires);
    }

    private void leave() {
        Level level = open.pop();
        close(level, level.last);
    }

    /** The addresses from the next on are as the level says. */
    private void close(Level level, BigInteger last) {
        if (next.compareTo(last) <= 0) {
            level.expires.ifPresent(expires -> add(new AddressRange(level.bits, next, last, expires)));
            next = last.add(BigInteger.ONE);
        }
    }

    private void add(AddressRange range) {
        int before = ranges.size() - 1;
        if (before >= 0 && ranges.get(before).runsInto(range)) {
            ranges.set(before, ranges.get(before).upTo(range));
        } else {
            ranges.add(range);
        }
    }
}
