package org.slash64.topology.limit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.LimitState;
import org.slash64.schemas.state.Slice;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;

/**
 * One rule applied to one prefix or domain: a pure function of buckets in order of time. The rate at a bucket is the number of
 * events in the period that ends with it, in whole slices. A limit is in force from the bucket that crosses maximum plus
 * burst until the rate is back at maximum.
 */
final class Limiter {

    private final LimitRule rule;
    private final Subject subject;

    Limiter(LimitRule rule, Subject subject) {
        this.rule = rule;
        this.subject = subject;
    }

    /** Takes one bucket in; the state is changed. Decisions made on the way, a release before the bucket first. */
    List<LimitDecision> apply(LimitState state, Bucket bucket) {
        List<LimitDecision> decisions = new ArrayList<>(advance(state, bucket.start()));
        long start = Math.floorDiv(bucket.start(), rule.sliceMillis()) * rule.sliceMillis();
        Slice fresh = rule.metric().slice(start, bucket.tally());
        if (fresh.getEvents() > 0 || fresh.getDistinct().hasRemaining()) {
            add(state.getSlices(), fresh);
            decisions.addAll(judge(state, bucket.start()));
        }
        return decisions;
    }

    /** Lets time pass up to an instant: releases the limit where it was due, and forgets slices past their period. */
    List<LimitDecision> advance(LimitState state, long now) {
        List<LimitDecision> decisions = new ArrayList<>();
        LimitDecision inForce = state.getDecision();
        if (inForce != null && inForce.getUntil().toEpochMilli() <= now) {
            LimitDecision released = LimitDecision.newBuilder(inForce).build();
            released.setLimited(false);
            decisions.add(released);
            state.setDecision(null);
        }
        long oldest = now - rule.period().toMillis();
        List<Slice> slices = new ArrayList<>(state.getSlices()); // Avro's own lists remove nothing
        slices.removeIf(slice -> slice.getStart() + rule.sliceMillis() <= oldest);
        state.setSlices(slices);
        return decisions;
    }

    private static void add(List<Slice> slices, Slice fresh) {
        Slice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last != null && last.getStart() == fresh.getStart()) {
            last.setEvents(last.getEvents() + fresh.getEvents());
            last.setDistinct(Sketch.merge(last.getDistinct(), fresh.getDistinct()));
        } else {
            slices.add(fresh);
        }
    }

    private List<LimitDecision> judge(LimitState state, long now) {
        long rate = rule.metric().rate(state.getSlices());
        LimitDecision inForce = state.getDecision();
        if (rate <= rule.maximum() + (inForce == null ? rule.burst() : 0)) {
            return List.of();
        }
        Instant until = Instant.ofEpochMilli(releasedAt(state));
        long peak = inForce == null ? rate : Math.max(rate, inForce.getPeak());
        Instant since = inForce == null ? Instant.ofEpochMilli(now) : inForce.getSince();
        state.setDecision(decision(since, until, peak));
        return List.of(state.getDecision());
    }

    /** The first instant at which so many slices have left the period that the rate is at the maximum again. */
    private long releasedAt(LimitState state) {
        List<Slice> slices = state.getSlices();
        for (int gone = 1; gone <= slices.size(); gone++) {
            if (rule.metric().rate(slices.subList(gone, slices.size())) <= rule.maximum()) {
                return slices.get(gone - 1).getStart()
                        + rule.sliceMillis()
                        + rule.period().toMillis();
            }
        }
        throw new IllegalStateException("with all slices gone the rate is zero");
    }

    private LimitDecision decision(Instant since, Instant until, long peak) {
        return new LimitDecision(
                subject.toString(),
                rule.name(),
                rule.action(),
                rule.metric().name().toLowerCase(Locale.ROOT),
                rule.maximum(),
                rule.period().toString(),
                rule.burst(),
                true,
                since,
                until,
                peak,
                false);
    }
}
