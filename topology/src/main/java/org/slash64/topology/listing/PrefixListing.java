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
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;

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
            judge(bucket).ifPresent(changes::add);
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
            last = new EvidenceSlice(start, Tallies.none());
            slices.add(last);
        }
        Tallies.add(last.getTally(), bucket.tally());
    }

    private Optional<ListingChange> judge(Bucket bucket) {
        boolean bad = bucket.counts().getBad() > 0;
        if (!bad && state.getListing() == null) {
            return Optional.empty();
        }
        Instant from = Instant.ofEpochMilli(state.getSlices().get(0).getStart());
        Instant to = Instant.ofEpochMilli(bucket.start()).plus(Bucket.LENGTH);
        Evidence evidence = evidence(from, to);
        if (state.getListing() == null) {
            return isListable(evidence) ? Optional.of(list(evidence)) : Optional.empty();
        }
        if (isOutweighed(evidence)) {
            return Optional.of(giveUp(evidence));
        }
        return bad && isListable(evidence) ? extend(evidence) : Optional.empty();
    }

    private Evidence evidence(Instant from, Instant to) {
        Tally sum = Tallies.none();
        state.getSlices().forEach(slice -> Tallies.add(sum, slice.getTally()));
        return new Evidence(
                from,
                to,
                sum.getCounts(),
                Sketch.estimate(sum.getAddresses()),
                Sketch.estimate(sum.getChildren()),
                Sketch.estimate(sum.getBadChildren()),
                Sketch.estimate(sum.getDomains()));
    }

    private boolean isListable(Evidence evidence) {
        return evidence.getCounts().getBad() >= policy.minimumBad()
                && !isOutweighed(evidence)
                && (isFinest()
                        || (evidence.getBadChildren() >= policy.minimumBadChildren()
                                && evidence.getBadChildren() >= policy.badChildrenShare() * evidence.getChildren()));
    }

    /** Whether so much speaks for the prefix that it may not stay listed. */
    private boolean isOutweighed(Evidence evidence) {
        Counts counts = evidence.getCounts();
        return counts.getBad() < policy.badPerGood() * counts.getGood()
                || (!isFinest()
                        && (evidence.getDomains() >= policy.sharedDomains()
                                || evidence.getBadChildren() < policy.badChildrenShare() / 2 * evidence.getChildren()));
    }

    /** Whether it is of the finest level, so that there is none below. */
    boolean isFinest() {
        return Prefix.finest(prefix.address()).length() == prefix.length();
    }

    private ListingChange list(Evidence evidence) {
        int strikes = state.getStrikes() + 1;
        state.setStrikes(strikes);
        Instant at = evidence.getTo();
        Instant expires = at.plus(policy.term(strikes));
        String reason = Words.of(evidence);
        state.setListing(new Listing(prefix.toString(), reason, evidence, strikes, at, expires, false));
        Change change = isFinest() ? Change.LISTED : Change.ESCALATED;
        return new ListingChange(prefix.toString(), change, at, reason, evidence, strikes, expires);
    }

    /** A listing is extended at most once a slice, so that its history stays readable. */
    private Optional<ListingChange> extend(Evidence evidence) {
        Listing before = state.getListing();
        Instant expires = evidence.getTo().plus(policy.term(before.getStrikes()));
        if (expires.isBefore(before.getExpires().plus(SLICE))) {
            return Optional.empty();
        }
        String reason = Words.of(evidence);
        Listing listing = Listing.newBuilder(before)
                .setReason(reason)
                .setEvidence(evidence)
                .setExpires(expires)
                .build();
        state.setListing(listing);
        return Optional.of(new ListingChange(
                prefix.toString(), Change.EXTENDED, evidence.getTo(), reason, evidence, before.getStrikes(), expires));
    }

    private ListingChange giveUp(Evidence evidence) {
        state.setListing(null);
        Change change = isFinest() ? Change.DELISTED : Change.NARROWED;
        String why = "more speaks for it than against it: " + Words.of(evidence);
        return new ListingChange(prefix.toString(), change, evidence.getTo(), why, evidence, state.getStrikes(), null);
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
