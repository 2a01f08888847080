package org.slash64.deploy.view;

import java.time.Duration;
import java.time.Instant;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.Standing;

/** Records of topics. */
public final class Sample {

    /** When it all happens. */
    public static final Instant NOON = Instant.parse("2026-11-16T12:00:00Z");

    private Sample() {}

    /** So many connections of a bad sender in a window. */
    public static PrefixCount count(String prefix, Duration window, Instant start, long bad, boolean closed) {
        Counts counts = Counts.newBuilder().setConnections(bad).setBad(bad).build();
        return new PrefixCount(prefix, window.toString(), start, start.plus(window), counts, bad, 1L, closed);
    }

    /** A listing until the next day. */
    public static Listing listing(String subject, String reason) {
        return new Listing(subject, reason, null, null, 1, NOON, NOON.plus(Duration.ofDays(1)), false);
    }

    /** A change of a listing. */
    public static ListingChange change(String subject, Change change, String why) {
        return new ListingChange(subject, change, NOON, why, null, null, 1, NOON.plus(Duration.ofDays(1)));
    }

    /** A limit of 60 connections a minute. */
    public static LimitDecision limit(String subject, boolean limited) {
        return new LimitDecision(
                subject,
                "connections",
                LimitAction.DEFER,
                "connections",
                60L,
                "PT1M",
                0L,
                limited,
                NOON,
                NOON.plusSeconds(60),
                95L,
                false);
    }

    /** A domain with so many good events. */
    public static DomainReputation domain(String name, Standing standing, long events) {
        return new DomainReputation(
                name, standing, 0.9, 0.8, 1.0, 0.8, (double) events, 0.0, events, events, 0L, 1L, NOON, NOON, NOON);
    }
}
