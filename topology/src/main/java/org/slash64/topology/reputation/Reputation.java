package org.slash64.topology.reputation;

import java.time.Instant;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Standing;
import org.slash64.schemas.state.ReputationState;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Sums;

/**
 * The reputation of one domain over its {@link ReputationState}, which it changes: a pure function of buckets in order of
 * time. Evidence decays from bucket to bucket in arithmetic that is the same on every machine, so however buckets are
 * handed over, the same come to the same bits. Free of Kafka.
 */
public final class Reputation {

    /** Evidence that weighs less than this in all is none. */
    static final double NOTHING = 0.01;

    private final Domain domain;
    private final ReputationPolicy policy;
    private final ReputationState state;

    public Reputation(Domain domain, ReputationPolicy policy, ReputationState state) {
        this.domain = domain;
        this.policy = policy;
        this.state = state;
    }

    /** The state of a domain that was never seen. */
    public static ReputationState none() {
        return new ReputationState(0.0, 0.0, 0L, Sums.zero(), Sketch.empty(), 0L, 0L, 0L);
    }

    /** Takes one bucket in. Gives the reputation as of its start. */
    public DomainReputation apply(Bucket bucket) {
        if (isEmpty() || forgottenAt() <= bucket.start()) {
            begin(bucket.start());
        }
        decay(bucket.start());
        Counts counts = bucket.counts();
        state.setGood(Math.max(0, state.getGood() + policy.weights().good(counts)));
        state.setBad(state.getBad() + policy.weights().bad(counts));
        if (hasDelisting(bucket)) {
            state.setBad(0);
        }
        Sums.add(state.getCounts(), counts);
        state.setNetworks(Sketch.merge(state.getNetworks(), bucket.tally().getChildren()));
        if (Sums.events(counts) > 0) {
            state.setLastSeen(bucket.start());
        }
        return told();
    }

    /** A person who delists it takes back what speaks against it, or it would be listed again at once. */
    private static boolean hasDelisting(Bucket bucket) {
        return bucket.tally().getOrders().stream().anyMatch(order -> !order.getList());
    }

    private void begin(long start) {
        state.setGood(0);
        state.setBad(0);
        state.setWeighedAt(start);
        state.setCounts(Sums.zero());
        state.setNetworks(Sketch.empty());
        state.setFirstSeen(start);
        state.setLastSeen(start);
    }

    private void decay(long now) {
        double weight = StrictMath.pow(
                0.5, (now - state.getWeighedAt()) / (double) policy.halfLife().toMillis());
        state.setGood(state.getGood() * weight);
        state.setBad(state.getBad() * weight);
        state.setWeighedAt(now);
    }

    private DomainReputation told() {
        WilsonInterval share = WilsonInterval.of(state.getGood(), state.getBad());
        return new DomainReputation(
                domain.name(),
                standing(share),
                share.centre(),
                share.lower(),
                share.upper(),
                share.confidence(),
                state.getGood(),
                state.getBad(),
                Sums.events(state.getCounts()),
                state.getCounts().getMessages(),
                state.getCounts().getBytes(),
                Sketch.estimate(state.getNetworks()),
                Instant.ofEpochMilli(state.getFirstSeen()),
                Instant.ofEpochMilli(state.getLastSeen()),
                Instant.ofEpochMilli(state.getWeighedAt()));
    }

    private Standing standing(WilsonInterval share) {
        if (share.lower() >= policy.goodFrom()) {
            return Standing.GOOD;
        }
        return share.upper() <= policy.badTo() ? Standing.BAD : Standing.UNKNOWN;
    }

    /** True where nothing is known of the domain. */
    public boolean isEmpty() {
        return state.getCounts().equals(Sums.zero());
    }

    /** When the domain is forgotten unless more comes (epoch milliseconds). */
    public long forgottenAt() {
        double halfLives =
                StrictMath.log(Math.max(1, (state.getGood() + state.getBad()) / NOTHING)) / StrictMath.log(2);
        long weighsNothing = state.getWeighedAt()
                + (long) StrictMath.ceil(halfLives * policy.halfLife().toMillis());
        return Math.max(
                weighsNothing, state.getLastSeen() + policy.forgottenAfter().toMillis());
    }
}
