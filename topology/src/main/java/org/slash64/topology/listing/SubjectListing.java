package org.slash64.topology.listing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Order;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Sums;

/**
 * The listing of one prefix or domain over its {@link ListingState}, which it changes: a pure function of buckets in order
 * of time. Free of Kafka.
 */
public final class SubjectListing {

    /** A listing is extended at most so often, so that its history stays readable. */
    private static final Duration EXTENDED_EVERY = Duration.ofHours(1);

    private final Subject subject;
    private final ListingPolicy policy;
    private final AllowedBy allowlist;
    private final ListingState state;
    private final Slices slices;

    public SubjectListing(Subject subject, ListingPolicy policy, AllowedBy allowlist, ListingState state) {
        this.subject = subject;
        this.policy = policy;
        this.allowlist = allowlist;
        this.state = state;
        this.slices = new Slices(state.getSlices(), policy.lookBack());
    }

    /** The state of a subject that was never seen. */
    public static ListingState none() {
        return new ListingState(new ArrayList<>(), null, 0, 0L, 0L, null);
    }

    /** Takes buckets in, in order of time. Gives the changes made on the way. */
    public List<ListingChange> apply(List<RatedBucket> buckets) {
        List<ListingChange> changes = new ArrayList<>();
        for (RatedBucket rated : buckets) {
            Bucket bucket = rated.bucket();
            changes.addAll(advance(bucket.start()));
            if (subject instanceof Prefix) {
                slices.add(bucket);
            }
            endIfAllowed(bucket.end()).ifPresent(changes::add);
            if (bucket.tally().getOrders().isEmpty()) {
                judge(rated).ifPresent(changes::add);
            } else {
                bucket.tally()
                        .getOrders()
                        .forEach(order -> obey(order, bucket.end()).ifPresent(changes::add));
            }
        }
        return changes;
    }

    /** Lets time pass up to an instant (epoch milliseconds). Gives the end of the listing where it was due. */
    public List<ListingChange> advance(long now) {
        List<ListingChange> changes = new ArrayList<>();
        if (state.getListing() != null) {
            Instant expires = state.getListing().getExpires();
            if (allowedAt(now).filter(entry -> entry.getAt().isBefore(expires)).isPresent()) {
                endIfAllowed(now).ifPresent(changes::add);
            } else if (expires.toEpochMilli() <= now) {
                String why = "no further evidence for "
                        + Words.of(policy.term(state.getListing().getStrikes()));
                changes.add(end(Change.DELISTED, expires, isOrdered() ? "its term is over" : why, null));
            }
        }
        slices.forget(now);
        if (state.getListing() == null && strikesEnd() <= now) {
            state.setStrikes(0);
            state.setLastEnded(0);
        }
        return changes;
    }

    private Optional<AllowEntry> allowedAt(long time) {
        return allowlist.entryOver(subject).filter(entry -> entry.getAt().toEpochMilli() <= time);
    }

    /** An entry that came in after its time ends the listing now. */
    private Optional<ListingChange> endIfAllowed(long now) {
        if (state.getListing() == null) {
            return Optional.empty();
        }
        Instant listedAt = state.getListing().getListedAt();
        return allowedAt(now).map(entry -> {
            Instant at = entry.getAt().isAfter(listedAt) ? entry.getAt() : Instant.ofEpochMilli(now);
            return end(Change.DELISTED, at, Words.of(entry), null);
        });
    }

    private ListingChange end(Change change, Instant at, String why, Grounds grounds) {
        state.setListing(null);
        state.setLastEnded(at.toEpochMilli());
        return change(change, at, why, grounds, null);
    }

    private ListingChange change(Change change, Instant at, String why, Grounds grounds, Instant expires) {
        Evidence evidence = grounds == null ? null : grounds.evidence();
        return new ListingChange(
                subject.toString(),
                change,
                at,
                why,
                evidence,
                grounds == null ? null : grounds.reputation(),
                state.getStrikes(),
                expires);
    }

    /** When strikes are forgotten unless it is listed again; the end of time where it has none. */
    private long strikesEnd() {
        return state.getStrikes() == 0
                ? Long.MAX_VALUE
                : state.getLastEnded() + policy.strikesKept().toMillis();
    }

    private Optional<ListingChange> obey(Order order, long now) {
        if (!order.getList()) {
            return forgive(order, now);
        }
        return allowedAt(now).isPresent()
                ? Optional.empty()
                : Optional.of(list(Words.of(order), null, Instant.ofEpochMilli(now), policy.longestTerm()));
    }

    private Optional<ListingChange> forgive(Order order, long now) {
        state.setStrikes(0);
        slices.clear();
        Optional<ListingChange> change = Optional.ofNullable(state.getListing())
                .map(listing -> end(Change.DELISTED, Instant.ofEpochMilli(now), Words.of(order), null));
        state.setLastEnded(0);
        return change;
    }

    private Optional<ListingChange> judge(RatedBucket rated) {
        Listing inForce = state.getListing();
        Optional<LimitDecision> crossed = crossed(rated.bucket());
        boolean bad = crossed.isPresent() || Sums.isBad(rated.bucket().counts());
        if (inForce == null ? !bad : isOrdered()) {
            return Optional.empty();
        }
        Grounds grounds = grounds(rated);
        Instant at = Instant.ofEpochMilli(rated.bucket().end());
        if (inForce != null && grounds.end(inForce)) {
            String why = "more speaks for it than against it: " + grounds.inWords();
            return Optional.of(end(isCoarse() ? Change.NARROWED : Change.DELISTED, at, why, grounds));
        }
        boolean enough = bad && (grounds.suffice() || (crossed.isPresent() && !grounds.forbid()));
        if (!enough || (inForce == null && allowedAt(rated.bucket().end()).isPresent())) {
            return Optional.empty();
        }
        int strikes = inForce == null ? state.getStrikes() + 1 : inForce.getStrikes();
        if (inForce != null
                && at.plus(policy.term(strikes)).isBefore(inForce.getExpires().plus(EXTENDED_EVERY))) {
            return Optional.empty();
        }
        String reason = crossed.map(limit -> Words.of(limit) + "; ").orElse("") + grounds.inWords();
        return Optional.of(list(reason, grounds, at, policy.term(strikes)));
    }

    private static Optional<LimitDecision> crossed(Bucket bucket) {
        return bucket.crossed().stream()
                .filter(limit -> limit.getAction() == LimitAction.LIST)
                .findFirst();
    }

    /** Whether a person had it listed: then evidence neither ends the listing nor extends it. */
    private boolean isOrdered() {
        Listing listing = state.getListing();
        return listing.getEvidence() == null && listing.getReputation() == null;
    }

    private Grounds grounds(RatedBucket rated) {
        return rated.reputation() == null
                ? new PrefixGrounds(policy, slices.evidence(rated.bucket().end()), !isCoarse())
                : new DomainGrounds(policy, rated.reputation());
    }

    /** Lists it, or extends its listing. */
    private ListingChange list(String reason, Grounds grounds, Instant at, Duration term) {
        Listing before = state.getListing();
        if (before == null) {
            state.setStrikes(state.getStrikes() + 1);
        }
        Instant expires = at.plus(term);
        if (before != null && before.getExpires().isAfter(expires)) {
            expires = before.getExpires();
        }
        state.setListing(new Listing(
                subject.toString(),
                reason,
                grounds == null ? null : grounds.evidence(),
                grounds == null ? null : grounds.reputation(),
                state.getStrikes(),
                before == null ? at : before.getListedAt(),
                expires,
                false));
        Change first = isCoarse() ? Change.ESCALATED : Change.LISTED;
        return change(before == null ? first : Change.EXTENDED, at, reason, grounds, expires);
    }

    /** Whether it is a prefix with levels below. */
    boolean isCoarse() {
        return subject instanceof Prefix prefix
                && Prefix.finest(prefix.address()).length() != prefix.length();
    }

    boolean isInForce() {
        return state.getListing() != null;
    }

    /**
     * What the blocklist is to say: the listing in force, or what these buckets lead to, marked provisional. Good mail in
     * them ends no listing before they are finished, but a person's decision does. The allowlist goes before all, at once.
     */
    Optional<Listing> shownWith(List<RatedBucket> pending) {
        return unlessAllowed(isUndecided(pending) ? ahead(pending) : state.getListing());
    }

    /** The same where it is not at hand what is pending: what was said of that still holds. */
    Optional<Listing> shown() {
        Listing said = state.getPublished();
        boolean provisional = state.getListing() == null && said != null && said.getProvisional();
        return unlessAllowed(provisional ? said : state.getListing());
    }

    private Optional<Listing> unlessAllowed(Listing listing) {
        return listing == null || allowlist.entryOver(subject).isPresent() ? Optional.empty() : Optional.of(listing);
    }

    private boolean isUndecided(List<RatedBucket> pending) {
        return pending.stream()
                .map(RatedBucket::bucket)
                .anyMatch(bucket -> !bucket.tally().getOrders().isEmpty()
                        || (state.getListing() == null
                                && (Sums.isBad(bucket.counts())
                                        || crossed(bucket).isPresent())));
    }

    private Listing ahead(List<RatedBucket> pending) {
        ListingState copy = ListingState.newBuilder(state).build();
        new SubjectListing(subject, policy, allowlist, copy).apply(pending);
        Listing ahead = copy.getListing();
        return ahead == null || ahead.equals(state.getListing())
                ? ahead
                : Listing.newBuilder(ahead).setProvisional(true).build();
    }

    /** True where the topic has to be told; from then on it counts as told. */
    boolean tell(Optional<Listing> wanted) {
        boolean news = !Objects.equals(wanted.orElse(null), state.getPublished());
        state.setPublished(wanted.orElse(null));
        return news;
    }

    /** The instant by which it has to be looked at again; 0 for never (epoch milliseconds). */
    long nextLook() {
        if (state.getListing() == null) {
            return Math.max(slices.end(), state.getStrikes() == 0 ? 0 : strikesEnd());
        }
        long expires = state.getListing().getExpires().toEpochMilli();
        return allowlist
                .entryOver(subject)
                .map(entry -> Math.max(1, Math.min(expires, entry.getAt().toEpochMilli())))
                .orElse(expires);
    }

    /** True where nothing is worth keeping. */
    public boolean isEmpty() {
        return state.getSlices().isEmpty()
                && state.getListing() == null
                && state.getStrikes() == 0
                && state.getPublished() == null;
    }
}
