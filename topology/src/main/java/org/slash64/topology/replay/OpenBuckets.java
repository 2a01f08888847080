package org.slash64.topology.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Shares;
import org.slash64.topology.count.Tallies;

/** What has come in but is not decided on yet, by bucket. */
final class OpenBuckets {

    /** Authenticated mail that was accepted: from where, and whose. */
    record Flow(Prefix client, Domain domain) {

        /** Whatever a listing of would have kept it out. */
        Stream<Subject> subjects() {
            return Stream.concat(client.upwards(), Stream.of(domain));
        }
    }

    /** One bucket: tallies by subject, and messages by where they came from. */
    record Content(Map<Subject, Tally> tallies, Map<Flow, Long> mail) {}

    private final TreeMap<Long, Content> buckets = new TreeMap<>();
    private long tallies;

    private Content at(long start) {
        return buckets.computeIfAbsent(start, none -> new Content(new HashMap<>(), new HashMap<>()));
    }

    /** Counts for a subject and the levels above it. */
    void add(long start, Subject subject, Tally tally) {
        Map<Subject, Tally> sums = at(start).tallies();
        tallies -= sums.size();
        Shares.upwards(
                subject,
                tally,
                (counted, share) -> Tallies.add(sums.computeIfAbsent(counted, none -> Tallies.none()), share));
        tallies += sums.size();
    }

    /** How many tallies are held, of all buckets. */
    long size() {
        return tallies;
    }

    void addMail(long start, Flow flow) {
        at(start).mail().merge(flow, 1L, Long::sum);
    }

    /** The earliest bucket where it starts before an instant, taken out; null where there is none. */
    Map.Entry<Long, Content> takeBefore(long end) {
        if (buckets.isEmpty() || buckets.firstKey() >= end) {
            return null;
        }
        tallies -= buckets.firstEntry().getValue().tallies().size();
        return buckets.pollFirstEntry();
    }
}
