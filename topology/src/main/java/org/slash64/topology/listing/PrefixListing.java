package org.slash64.topology.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.state.EvidenceSlice;
import org.slash64.schemas.state.ListingState;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sums;

/**
 * The listing of one prefix over its {@link ListingState}, which it changes: a pure function of buckets in order of time.
 * Free of Kafka.
 */
final class PrefixListing {

    /** Evidence is kept in slices of this length. */
    static final Duration SLICE = Duration.ofHours(1);

    private static final long SLICE_MILLIS = SLICE.toMillis();

    private final Prefix prefix;
    private final ListingPolicy policy;
    private final ListingState state;

    PrefixListing(Prefix prefix, ListingPolicy policy, ListingState state) {
        this.prefix = prefix;
        this.policy = policy;
        this.state = state;
    }

    /** The state of a prefix that was never seen. */
    static ListingState none() {
        return new ListingState(new ArrayList<>(), null, 0, null);
    }

    /** Takes buckets in, in order of time. Gives the changes made on the way. */
    List<ListingChange> apply(List<Bucket> buckets) {
        List<ListingChange> changes = new ArrayList<>();
        for (Bucket bucket : buckets) {
            expire(bucket.start()).ifPresent(changes::add);
            forget(bucket.start());
            addToSlice(bucket);
            if (bucket.counts().getBad() > 0) {
                judge(bucket.start()).ifPresent(changes::add);
            }
        }
        return changes;
    }

    /** Ends the listing where it was due by an instant (epoch milliseconds). */
    Optional<ListingChange> expire(long now) {
        Listing listing = state.getListing();
        if (listing == null || listing.getExpires().toEpochMilli() > now) {
            return Optional.empty();
        }
        state.setListing(null);
        String why = "no further evidence for " + Words.of(policy.term(listing.getStrikes()));
        return Optional.of(new ListingChange(
                prefix.toString(), Change.DELISTED, listing.getExpires(), why, null, listing.getStrikes(), null));
    }

    /** Drops slices that are older than the time looked at. */
    private void forget(long now) {
        long oldest = now - policy.lookBack().toMillis();
        state.setSlices(new ArrayList<>(state.getSlices().stream()
                .filter(slice -> slice.getStart() + SLICE_MILLIS > oldest)
                .toList()));
    }

    private void addToSlice(Bucket bucket) {
        long start = Math.floorDiv(bucket.start(), SLICE_MILLIS) * SLICE_MILLIS;
        List<EvidenceSlice> slices = state.getSlices();
        EvidenceSlice last = slices.isEmpty() ? null : slices.get(slices.size() - 1);
        if (last == null || last.getStart() != start) {
            last = new EvidenceSlice(start, Sums.zero());
            slices.add(last);
        }
        Sums.add(last.getCounts(), bucket.counts());
    }

    private Optional<ListingChange> judge(long now) {
        Counts sums = Sums.zero();
        state.getSlices().forEach(slice -> Sums.add(sums, slice.getCounts()));
        if (sums.getBad() < policy.minimumBad() || sums.getBad() < policy.badPerGood() * sums.getGood()) {
            return Optional.empty();
        }
        Instant from = Instant.ofEpochMilli(state.getSlices().get(0).getStart());
        Instant to = Instant.ofEpochMilli(now).plus(Bucket.LENGTH);
        Evidence evidence = new Evidence(from, to, sums);
        return Optional.ofNullable(state.getListing() == null ? list(now, evidence) : extend(now, evidence));
    }

    private ListingChange list(long now, Evidence evidence) {
        int strikes = state.getStrikes() + 1;
        state.setStrikes(strikes);
        Instant at = Instant.ofEpochMilli(now).plus(Bucket.LENGTH);
        Instant expires = at.plus(policy.term(strikes));
        String reason = Words.of(evidence);
        state.setListing(new Listing(prefix.toString(), reason, evidence, strikes, at, expires, false));
        return new ListingChange(prefix.toString(), Change.LISTED, at, reason, evidence, strikes, expires);
    }

    /** A listing is extended at most once a slice, so that its history stays readable. */
    private ListingChange extend(long now, Evidence evidence) {
        Listing before = state.getListing();
        Instant at = Instant.ofEpochMilli(now).plus(Bucket.LENGTH);
        Instant expires = at.plus(policy.term(before.getStrikes()));
        if (expires.isBefore(before.getExpires().plus(SLICE))) {
            return null;
        }
        String reason = Words.of(evidence);
        Listing listing = Listing.newBuilder(before)
                .setReason(reason)
                .setEvidence(evidence)
                .setExpires(expires)
                .build();
        state.setListing(listing);
        return new ListingChange(
                prefix.toString(), Change.EXTENDED, at, reason, evidence, before.getStrikes(), expires);
    }

    /** The listing in force, or the one that would be with these buckets as well, marked provisional. */
    Optional<Listing> inForceWith(List<Bucket> pending) {
        if (state.getListing() != null) {
            return Optional.of(state.getListing());
        }
        PrefixListing ahead =
                new PrefixListing(prefix, policy, ListingState.newBuilder(state).build());
        ahead.apply(pending);
        return Optional.ofNullable(ahead.state.getListing())
                .map(listing -> Listing.newBuilder(listing).setProvisional(true).build());
    }

    /** True where the topic has to be told; from then on it counts as told. */
    boolean tell(Optional<Listing> wanted) {
        boolean news = !Objects.equals(wanted.orElse(null), state.getPublished());
        state.setPublished(wanted.orElse(null));
        return news;
    }

    /** When the listing in force is due to end (epoch milliseconds). */
    Optional<Long> expires() {
        return Optional.ofNullable(state.getListing())
                .map(listing -> listing.getExpires().toEpochMilli());
    }
}
