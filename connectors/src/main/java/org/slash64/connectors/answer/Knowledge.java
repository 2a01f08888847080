package org.slash64.connectors.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.schemas.Address;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Domain;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;

/**
 * What the topics say now of clients and domains, in memory: listings, the allowlist, limits, reputation. One thread feeds
 * it, any thread asks, without locks. Times in records are event times; a listing or limit whose end has passed by the
 * caller's clock, and {@link #SLACK} besides, no longer counts, so that a pipeline that stands still leaves nobody listed.
 */
public final class Knowledge implements TopicFollower.Follower {

    /** What is to be followed. */
    public static final List<Topic<? extends SpecificRecord>> TOPICS =
            List.of(Topics.BLOCKLIST, Topics.ALLOWLIST, Topics.PREFIX_LIMITS, Topics.DOMAIN_REPUTATION);

    /** Events come late, and the end of a listing is a record that comes late as well. */
    public static final Duration SLACK = Duration.ofMinutes(10);

    private final SubjectTable<Listed> listed = new SubjectTable<>();
    private final SubjectTable<Subject> allowed = new SubjectTable<>();
    private final SubjectTable<List<Limit>> limited = new SubjectTable<>();
    private final Map<Domain, Standing> standings = new ConcurrentHashMap<>();
    private final Set<Subject> alwaysAllowed = new HashSet<>();
    private volatile Instant asOf;

    /** @param alwaysAllowed entries that hold whatever the topic {@code allowlist} says */
    public Knowledge(Collection<AllowEntry> alwaysAllowed) {
        alwaysAllowed.stream()
                .flatMap(entry -> Subject.parse(entry.getSubject()).stream())
                .forEach(this.alwaysAllowed::add);
        this.alwaysAllowed.forEach(subject -> allowed.put(subject, subject));
    }

    @Override
    public void caughtUp(Instant now) {
        asOf = now;
    }

    /** Passes over keys that are no subjects. */
    @Override
    public void take(String topic, String key, SpecificRecord value) {
        if (key == null) {
            return;
        }
        int blank = key.indexOf(' '); // before the name of a limit's rule
        Subject.parse(blank < 0 ? key : key.substring(0, blank)).ifPresent(subject -> {
            if (topic.equals(Topics.BLOCKLIST.name())) {
                takeListing(subject, (Listing) value);
            } else if (topic.equals(Topics.ALLOWLIST.name())) {
                takeAllowance(subject, value != null);
            } else if (topic.equals(Topics.PREFIX_LIMITS.name())) {
                takeLimit(subject, key.substring(blank + 1), (LimitDecision) value);
            } else if (topic.equals(Topics.DOMAIN_REPUTATION.name()) && subject instanceof Domain domain) {
                takeReputation(domain, (DomainReputation) value);
            }
        });
    }

    private void takeListing(Subject subject, Listing listing) {
        if (listing == null) {
            listed.remove(subject);
        } else {
            long expires = listing.getExpires().toEpochMilli();
            listed.put(subject, new Listed(subject, listing.getReason(), expires));
        }
    }

    private void takeAllowance(Subject subject, boolean inTopic) {
        if (inTopic || alwaysAllowed.contains(subject)) {
            allowed.put(subject, subject);
        } else {
            allowed.remove(subject);
        }
    }

    private void takeLimit(Subject subject, String rule, LimitDecision decision) {
        Stream<Limit> others = limited.get(subject).stream()
                .flatMap(List::stream)
                .filter(limit -> !limit.rule().equals(rule));
        Stream<Limit> changed =
                decision == null || !decision.getLimited() ? Stream.empty() : Stream.of(limit(subject, decision));
        List<Limit> limits = Stream.concat(others, changed).toList();
        if (limits.isEmpty()) {
            limited.remove(subject);
        } else {
            limited.put(subject, limits);
        }
    }

    private static Limit limit(Subject subject, LimitDecision decision) {
        String words =
                "more than " + decision.getMaximum() + " " + decision.getMetric() + " in " + decision.getPeriod();
        long until = decision.getUntil().toEpochMilli();
        return new Limit(subject, decision.getRule(), decision.getAction(), words, until);
    }

    private void takeReputation(Domain domain, DomainReputation reputation) {
        if (reputation == null || reputation.getStanding() == Standing.UNKNOWN) {
            standings.remove(domain);
        } else {
            standings.put(domain, reputation.getStanding());
        }
    }

    /** The instant up to which all is known; empty where the topics were never read to their ends. */
    public Optional<Instant> asOf() {
        return Optional.ofNullable(asOf);
    }

    /** True where the client lies within an entry of the allowlist. */
    public boolean isAllowed(Address client) {
        return allowed.longest(client).isPresent();
    }

    /** True where the allowlist has the domain or one above it. */
    public boolean isAllowed(Domain domain) {
        return allowed.nearest(domain).isPresent();
    }

    /** The longest listing in force that holds the client; none where it is allowed. */
    public Optional<Listed> listing(Address client, Instant now) {
        Optional<Listed> longest = listed.longest(client);
        if (longest.isEmpty() || isAllowed(client)) {
            return Optional.empty();
        }
        return isInForce(longest.get().expires(), now)
                ? longest
                : listed.all(client).stream()
                        .filter(listing -> isInForce(listing.expires(), now))
                        .findFirst();
    }

    /** The listing in force of the domain, or else of the nearest above it; none where it is allowed. */
    public Optional<Listed> listing(Domain domain, Instant now) {
        return listed.nearest(domain)
                .filter(listing -> isInForce(listing.expires(), now))
                .filter(listing -> !isAllowed(domain));
    }

    /** The limits in force for the client, those of the longest prefix first. */
    public List<Limit> limits(Address client, Instant now) {
        List<List<Limit>> all = limited.all(client);
        return all.isEmpty() ? List.of() : inForce(all.stream().flatMap(List::stream), now);
    }

    /** The limits in force for an organisational domain. */
    public List<Limit> limits(Domain domain, Instant now) {
        return limited.get(domain).map(limits -> inForce(limits.stream(), now)).orElse(List.of());
    }

    private static List<Limit> inForce(Stream<Limit> limits, Instant now) {
        return limits.filter(limit -> isInForce(limit.until(), now)).toList();
    }

    private static boolean isInForce(long until, Instant now) {
        return until + SLACK.toMillis() >= now.toEpochMilli();
    }

    /** The standing of an organisational domain. */
    public Standing standing(Domain domain) {
        return standings.getOrDefault(domain, Standing.UNKNOWN);
    }

    /** How many prefixes are listed. */
    public int listedPrefixes() {
        return listed.prefixes();
    }

    /** How many domains are listed. */
    public int listedDomains() {
        return listed.domains();
    }
}
