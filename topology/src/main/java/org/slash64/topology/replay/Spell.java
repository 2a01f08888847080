package org.slash64.topology.replay;

import java.time.Instant;
import java.util.Optional;

/**
 * How long something was listed.
 *
 * @param from event time, inclusive
 * @param to exclusive
 * @param why the reason it was listed for
 */
public record Spell(Instant from, Instant to, String why) {

    /** The part of it between two instants; empty where there is none. */
    Optional<Spell> within(Instant start, Instant end) {
        Instant first = from.isBefore(start) ? start : from;
        Instant last = to.isAfter(end) ? end : to;
        return first.isBefore(last) ? Optional.of(new Spell(first, last, why)) : Optional.empty();
    }
}
