package org.slash64.deploy.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;

/**
 * What the topics say of the last time, of all instances together, in memory: counts, limits, changes of listings, and domains.
 * Each of these is bounded. One thread feeds it, any asks.
 */
public final class TopicView implements TopicFollower.Follower {

    /** What is to be followed. */
    public static final List<Topic<? extends SpecificRecord>> TOPICS = List.of(
            Topics.PREFIX_COUNTS,
            Topics.PREFIX_LIMITS,
            Topics.BLOCKLIST,
            Topics.BLOCKLIST_HISTORY,
            Topics.DOMAIN_REPUTATION);

    /** Of each partition of a topic that keeps everything, so many of the last records are read at a start. */
    static final long MOST_READ = 250_000;

    /** Subjects of limits that are, or lately were, in force. */
    static final int MOST_LIMITED = 20_000;

    /** Domains that lately sent something. */
    static final int MOST_DOMAINS = 20_000;

    private final Traffic traffic;
    private final ListingHistory history = new ListingHistory();

    /** By subject, then by the name of the limit. */
    private final Bounded<String, Map<String, LimitDecision>> limits = new Bounded<>(MOST_LIMITED);

    private final Bounded<String, DomainReputation> domains = new Bounded<>(MOST_DOMAINS);
    private final Observer observer;
    private volatile Instant asOf;
    private boolean moved;

    /** Is told what is new, once the past was read; all calls come from the thread that feeds the view. */
    public interface Observer {

        /** A listing began, changed or ended. */
        void changed(ListingChange change);

        /** A limit was crossed or released. */
        void limited(LimitDecision decision);

        /** The blocklist has an entry that it had not, or not so; null where one is gone. */
        void published(String subject, Listing listing);

        /** More was counted. */
        void counted(Series newest);

        /** Tells nobody. */
        Observer NOBODY = new Observer() {
            @Override
            public void changed(ListingChange change) {}

            @Override
            public void limited(LimitDecision decision) {}

            @Override
            public void published(String subject, Listing listing) {}

            @Override
            public void counted(Series newest) {}
        };
    }

    /** @param windows lengths of the windows that are counted */
    public TopicView(List<Duration> windows, Observer observer) {
        this.traffic = new Traffic(windows);
        this.observer = observer;
    }

    @Override
    public long wanted(String topic) {
        boolean keepsAll = topic.equals(Topics.PREFIX_COUNTS.name()) || topic.equals(Topics.BLOCKLIST_HISTORY.name());
        return keepsAll ? MOST_READ : Long.MAX_VALUE;
    }

    @Override
    public void take(String topic, String key, SpecificRecord value) {
        keep(value);
        if (asOf != null) {
            tell(topic, key, value);
        }
    }

    private synchronized void keep(SpecificRecord value) {
        if (value instanceof PrefixCount count) {
            traffic.take(count);
            moved = true;
        } else if (value instanceof LimitDecision limit) {
            Map<String, LimitDecision> ofSubject = limits.getOrDefault(limit.getSubject(), new LinkedHashMap<>());
            ofSubject.put(limit.getRule(), limit);
            limits.renew(limit.getSubject(), ofSubject);
        } else if (value instanceof ListingChange change) {
            history.take(change);
        } else if (value instanceof DomainReputation domain) {
            domains.renew(domain.getDomain(), domain);
        }
    }

    private void tell(String topic, String key, SpecificRecord value) {
        if (value instanceof ListingChange change) {
            observer.changed(change);
        } else if (value instanceof LimitDecision limit) {
            observer.limited(limit);
        } else if (topic.equals(Topics.BLOCKLIST.name()) && key != null) {
            observer.published(key, (Listing) value);
        }
    }

    @Override
    public void caughtUp(Instant now) {
        asOf = now;
        newestIfMoved().ifPresent(observer::counted);
    }

    private synchronized Optional<Series> newestIfMoved() {
        boolean told = moved;
        moved = false;
        return told ? Optional.of(traffic.series(Duration.ofMillis(1), 1)) : Optional.empty();
    }

    /** The instant up to which all is known; empty until the topics were read to their ends once. */
    public Optional<Instant> asOf() {
        return Optional.ofNullable(asOf);
    }

    /** The event time that was reached, to the shortest window; the epoch where nothing was counted. */
    public synchronized Instant eventTime() {
        return traffic.newest();
    }

    /** What came over the last time, at most so many points. */
    public synchronized Series series(Duration period, int most) {
        return traffic.series(period, most);
    }

    /** The last of the longest windows of a prefix, in order; empty where it is not among the busy. */
    public synchronized List<CountedWindow> windows(Prefix prefix) {
        return traffic.windows(prefix);
    }

    /** Prefixes of a level that sent something in the last time. */
    public synchronized List<BusyPrefix> busiest(
            Level level, Duration period, Predicate<Prefix> wanted, Comparator<BusyPrefix> order) {
        return traffic.busiest(level, period, wanted, order);
    }

    /** The newest first. */
    public synchronized List<ListingChange> lastChanges(Predicate<ListingChange> wanted, int most) {
        return history.last(wanted, most);
    }

    /** Those of one subject, the oldest first. */
    public synchronized List<ListingChange> changes(Subject subject) {
        return history.of(subject.toString());
    }

    /** Limits that are or lately were in force, those of the subject with the newest one last. */
    public synchronized List<LimitDecision> limits() {
        return limits.values().stream()
                .flatMap(ofSubject -> ofSubject.values().stream())
                .toList();
    }

    /** Those of one subject. */
    public synchronized List<LimitDecision> limits(Subject subject) {
        return List.copyOf(limits.getOrDefault(subject.toString(), Map.of()).values());
    }

    /** Domains that lately sent something. */
    public synchronized List<DomainReputation> domains() {
        return new ArrayList<>(domains.values());
    }

    /** What is known of a domain. */
    public synchronized Optional<DomainReputation> domain(String name) {
        return Optional.ofNullable(domains.get(name));
    }
}
