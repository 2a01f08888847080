package org.slash64.topology.replay;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.slash64.schemas.ListingChange;

/**
 * What other rules would have decided between two instants.
 *
 * @param from event time, inclusive
 * @param to exclusive
 * @param verdicts how many verdicts of that time were read
 * @param before how many earlier ones, by which both sets of rules came to their common start
 * @param onlyLive what was listed by the live rules alone, and when
 * @param onlyOther what was listed by the other rules alone, and when
 * @param sameSpells how much was listed by both at the same times
 * @param otherSpells how much was listed by both, but at other times
 * @param newlyBlocked authenticated mail that the other rules would have kept out and the live ones would not
 * @param noLongerBlocked the reverse
 * @param liveChanges what the live rules decided, by subject and time
 * @param decidedUpTo what is later may not be decided by the stream yet
 */
public record Differences(
        Instant from,
        Instant to,
        long verdicts,
        long before,
        SortedMap<String, List<Spell>> onlyLive,
        SortedMap<String, List<Spell>> onlyOther,
        long sameSpells,
        long otherSpells,
        List<Blocked> newlyBlocked,
        List<Blocked> noLongerBlocked,
        List<ListingChange> liveChanges,
        Instant decidedUpTo) {}
