package org.slash64.topology.listing;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.ListingState;
import org.slash64.topology.count.DueQueue;
import org.slash64.topology.count.RatedBucket;
import org.slash64.topology.count.Step;

/**
 * Lists and delists prefixes of all levels, and domains. Finished buckets change a listing for good and are told in the
 * history; what pending buckets would do is published as provisional. While a coarser prefix is listed its entry stands for
 * all below it: their own listings go on, but the blocklist does not show them. Forwards {@link Entry}s and
 * {@link ListingChange}s.
 */
public final class DecideListings implements Processor<String, Step, String, Object> {

    /** Name of the store of {@link ListingState} by subject. */
    public static final String STORE = "listing-states";

    /** Name of the store of the {@link DueQueue}. */
    public static final String DUE = "listing-due";

    /** Name of the store whose keys are the coarser prefixes that are listed. */
    public static final String COARSE = "coarse-listings";

    /** Name of the store of the topic's {@link AllowEntry}s by the text of their subject. */
    public static final String ALLOWED = "allow-entries";

    /** After a start, so many configured entries at a time are compared with what is listed. */
    static final int CONFIGURED_AT_ONCE = 10_000;

    /**
     * What the blocklist topic is to say of its key.
     *
     * @param listing null delists
     */
    public record Entry(Listing listing) {}

    private final ListingPolicy policy;
    private final List<AllowEntry> configured;
    private final ReservedSpace reserved;

    private ProcessorContext<String, Object> context;
    private ListingStates states;
    private Allowlist allowlist;

    /** Configured entries that listings of an earlier run were not yet compared with. */
    private Iterator<AllowEntry> unchecked;

    /** @param configured what is always allowed, beside what the topic says */
    public DecideListings(ListingPolicy policy, List<AllowEntry> configured) {
        this.policy = policy;
        this.configured = List.copyOf(configured);
        this.reserved = new ReservedSpace(policy.documentation());
    }

    /** A task that lost its state is started again with the same processors, so nothing of before may stay. */
    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        states = new ListingStates(
                context.getStateStore(STORE), context.getStateStore(DUE), context.getStateStore(COARSE));
        allowlist = new Allowlist(configured, context.getStateStore(ALLOWED));
        unchecked = configured.iterator();
    }

    @Override
    public void process(Record<String, Step> step) {
        long now = step.timestamp();
        if (step.value() instanceof Step.Progress progress) {
            if (progress.subject() instanceof Prefix prefix && !reserved.touches(prefix)) {
                List<RatedBucket> finished =
                        progress.finished().stream().map(RatedBucket::of).toList();
                List<RatedBucket> pending =
                        progress.pending().stream().map(RatedBucket::of).toList();
                apply(prefix, finished, pending, now);
            }
        } else if (step.value() instanceof Step.Rated rated) {
            apply(rated.domain(), rated.finished(), rated.pending(), now);
        } else if (step.value() instanceof Step.FinishedUpTo finished) {
            checkConfigured(now);
            states.due(finished.time(), (subject, state) -> advance(subject, state, finished.time(), now));
        } else if (step.value() instanceof Step.AllowlistChanged changed) {
            allowlist.change(changed.allowance()).ifPresent(subject -> lookAgainIn(subject, now));
        }
    }

    private void apply(Subject subject, List<RatedBucket> finished, List<RatedBucket> pending, long now) {
        ListingState state = states.get(subject).orElseGet(SubjectListing::none);
        SubjectListing listing = listing(subject, state);
        say(subject, listing.apply(finished), now);
        boolean told = publish(subject, listing, listing.shownWith(pending), now);
        if (told || !finished.isEmpty()) {
            keep(subject, listing, state, now);
        }
    }

    private void advance(Subject subject, ListingState state, long time, long now) {
        SubjectListing listing = listing(subject, state);
        say(subject, listing.advance(time), now);
        publish(subject, listing, listing.shown(), now);
        keep(subject, listing, state, now);
    }

    private void checkConfigured(long now) {
        for (int checked = 0; checked < CONFIGURED_AT_ONCE && unchecked.hasNext(); checked++) {
            Subject.parse(unchecked.next().getSubject()).ifPresent(subject -> lookAgainIn(subject, now));
        }
    }

    /** Tells the blocklist what is to be said now of a subject and all listings within it. */
    private void lookAgainIn(Subject range, long now) {
        states.eachListedIn(range, (subject, state) -> {
            SubjectListing listing = listing(subject, state);
            publish(subject, listing, listing.shown(), now);
            states.put(subject, listing, state);
        });
    }

    private SubjectListing listing(Subject subject, ListingState state) {
        return new SubjectListing(subject, policy, allowlist, state);
    }

    private void say(Subject subject, List<ListingChange> changes, long now) {
        changes.forEach(change -> context.forward(new Record<>(subject.toString(), change, now)));
    }

    private boolean publish(Subject subject, SubjectListing listing, Optional<Listing> wanted, long now) {
        Optional<Listing> shown = wanted.filter(entry -> !states.isCovered(subject));
        boolean news = listing.tell(shown);
        if (news) {
            context.forward(new Record<>(subject.toString(), new Entry(shown.orElse(null)), now));
        }
        return news;
    }

    private void keep(Subject subject, SubjectListing listing, ListingState state, long now) {
        states.put(subject, listing, state);
        if (subject instanceof Prefix prefix && listing.isCoarse() && states.covers(prefix, listing.isInForce())) {
            lookAgainIn(prefix, now);
        }
    }
}
