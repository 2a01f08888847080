package org.slash64.topology.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slash64.schemas.Change;
import org.slash64.schemas.Domain;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.ReputationState;
import org.slash64.topology.Rules;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.limit.SubjectLimits;
import org.slash64.topology.listing.AllowedBy;
import org.slash64.topology.listing.ReservedSpace;
import org.slash64.topology.listing.SubjectListing;
import org.slash64.topology.reputation.Reputation;

/** What one set of rules decides, bucket after bucket, over states in memory. */
final class Course {

    private final Rules rules;
    private final AllowedBy allowlist;
    private final ReservedSpace reserved;
    private final Map<Subject, LimitStates> limits = new HashMap<>();
    private final Map<Subject, ReputationState> reputations = new HashMap<>();
    private final Map<Subject, ListingState> listings = new HashMap<>();
    private final Map<String, List<ListingChange>> history = new TreeMap<>();

    /** A course that has seen nothing. */
    Course(Rules rules, AllowedBy allowlist) {
        this.rules = rules;
        this.allowlist = allowlist;
        this.reserved = new ReservedSpace(rules.listing().documentation());
    }

    /** A course of other rules that starts where this one is. */
    Course fork(Rules other, AllowedBy otherAllowlist) {
        Course fork = new Course(other, otherAllowlist);
        limits.forEach((subject, state) ->
                fork.limits.put(subject, LimitStates.newBuilder(state).build()));
        reputations.forEach((subject, state) ->
                fork.reputations.put(subject, ReputationState.newBuilder(state).build()));
        listings.forEach((subject, state) ->
                fork.listings.put(subject, ListingState.newBuilder(state).build()));
        history.forEach((subject, changes) -> fork.history.put(subject, new ArrayList<>(changes)));
        return fork;
    }

    /** Takes a finished bucket in, no earlier than those before of the same subject. */
    void apply(Subject subject, Bucket bucket) {
        Bucket marked = limit(subject, bucket);
        if (subject instanceof Prefix prefix && reserved.touches(prefix)) {
            return;
        }
        RatedBucket rated = subject instanceof Domain domain ? rate(domain, marked) : RatedBucket.of(marked);
        ListingState state = listings.computeIfAbsent(subject, unseen -> SubjectListing.none());
        note(listing(subject, state).apply(List.of(rated)));
    }

    private Bucket limit(Subject subject, Bucket bucket) {
        LimitStates states = limits.computeIfAbsent(subject, unseen -> SubjectLimits.none());
        return new SubjectLimits(subject, rules.limits(), states)
                .apply(List.of(bucket))
                .buckets()
                .get(0);
    }

    private RatedBucket rate(Domain domain, Bucket bucket) {
        ReputationState state = reputations.computeIfAbsent(domain, unseen -> Reputation.none());
        return new RatedBucket(bucket, new Reputation(domain, rules.reputation(), state).apply(bucket));
    }

    private SubjectListing listing(Subject subject, ListingState state) {
        return new SubjectListing(subject, rules.listing(), allowlist, state);
    }

    private void note(List<ListingChange> changes) {
        changes.forEach(change -> history.computeIfAbsent(change.getSubject(), none -> new ArrayList<>())
                .add(change));
    }

    /** Lets time pass for all subjects up to an instant (epoch milliseconds), and forgets those that nothing is left of. */
    void letPass(long now) {
        listings.entrySet().removeIf(entry -> {
            SubjectListing listing = listing(entry.getKey(), entry.getValue());
            note(listing.advance(now));
            return listing.isEmpty();
        });
        limits.entrySet().removeIf(entry -> {
            SubjectLimits states = new SubjectLimits(entry.getKey(), rules.limits(), entry.getValue());
            states.advance(now);
            return states.isEmpty();
        });
        reputations
                .entrySet()
                .removeIf(entry ->
                        new Reputation((Domain) entry.getKey(), rules.reputation(), entry.getValue()).forgottenAt()
                                <= now);
    }

    /** The first of these that is listed at an instant (epoch milliseconds). */
    Optional<Subject> listedOf(Stream<Subject> subjects, long now) {
        return subjects.filter(subject -> isListed(subject, now)).findFirst();
    }

    private boolean isListed(Subject subject, long now) {
        ListingState state = listings.get(subject);
        return state != null
                && state.getListing() != null
                && state.getListing().getExpires().toEpochMilli() > now;
    }

    /** All changes so far by subject, in order of time. */
    Map<String, List<ListingChange>> history() {
        return history;
    }

    /** When each subject was listed between two instants, in order; listings that began before count from the start. */
    Map<String, List<Spell>> spells(Instant from, Instant to) {
        Map<String, List<Spell>> spells = new TreeMap<>();
        history.forEach((subject, changes) -> {
            List<Spell> of = spells(changes).stream()
                    .flatMap(spell -> spell.within(from, to).stream())
                    .toList();
            if (!of.isEmpty()) {
                spells.put(subject, of);
            }
        });
        return spells;
    }

    private static List<Spell> spells(List<ListingChange> changes) {
        List<Spell> spells = new ArrayList<>();
        for (ListingChange change : changes) {
            if (change.getChange() == Change.LISTED || change.getChange() == Change.ESCALATED) {
                spells.add(new Spell(change.getAt(), Instant.MAX, change.getWhy()));
            } else if (change.getChange() != Change.EXTENDED && !spells.isEmpty()) {
                Spell open = spells.remove(spells.size() - 1);
                spells.add(new Spell(open.from(), change.getAt(), open.why()));
            }
        }
        return spells;
    }
}
