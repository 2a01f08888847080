package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.PendingBucket;
import org.slash64.schemas.state.PendingSpan;
import org.slash64.schemas.state.Tally;

/** Buckets that may still change. They lie in a store by subject, those of ten minutes together, in order of time. */
final class PendingBuckets {

    /** Changes are handed on before their time when so many subjects have changed. */
    static final int MAX_CHANGED = 50_000;

    /** So many subjects are handed on at once. */
    private static final int BATCH = 1_000;

    /** So short that a record stays far below what a broker takes, though all its buckets are pending. */
    private static final long SPAN = Duration.ofMinutes(10).toMillis();

    private final KeyValueStore<Bytes, PendingSpan> store;

    /** The start of the earliest bucket of a subject that changed since it was handed on. */
    private final Map<Subject, Long> changed = new LinkedHashMap<>();

    /** In which any subject has buckets: one or two, unless a source is far behind. */
    private final NavigableSet<Long> spans = new TreeSet<>();

    /** No bucket starts before this instant (epoch milliseconds). */
    private long earliest = Long.MAX_VALUE;

    /** At a start all are handed on once more, and the spans found. */
    private boolean started = true;

    /** True where all are to be handed on once more though they have not changed. */
    private boolean allWanted;

    /** Takes what is handed on. */
    interface Out {

        /**
         * Takes the news of a subject.
         *
         * @param changedFrom no earlier bucket changed since the subject was last handed on (epoch milliseconds);
         *     {@link Long#MAX_VALUE} where none changed
         */
        void accept(Step.Progress progress, long changedFrom);
    }

    /** Buckets that changed in this round of publishing or a later one are not published. */
    private long round;

    /** The round at the last start. */
    private final long unknownRound;

    /** @param round the {@link #round} to go on with */
    PendingBuckets(KeyValueStore<Bytes, PendingSpan> store, long round) {
        this.store = store;
        this.round = round;
        this.unknownRound = round;
    }

    /** The round of publishing; to be kept with the buckets, so that after a start it is known which are published. */
    long round() {
        return round;
    }

    /** Counts in a bucket, given by its start. */
    void add(Subject subject, long start, Tally tally) {
        long span = spanOf(start);
        Bytes key = key(subject, span);
        PendingSpan pending = store.get(key);
        if (pending == null) {
            pending = new PendingSpan(new ArrayList<>(), round);
        }
        pending.setRound(round);
        Tallies.add(bucket(pending.getBuckets(), start).getTally(), tally);
        store.put(key, pending);
        spans.add(span);
        earliest = Math.min(earliest, start);
        changed.merge(subject, start, Math::min);
    }

    /** The bucket with this start, made where it is missing; most often it is the last one. */
    private static PendingBucket bucket(List<PendingBucket> buckets, long start) {
        int place = buckets.size();
        while (place > 0 && buckets.get(place - 1).getStart() > start) {
            place--;
        }
        if (place > 0 && buckets.get(place - 1).getStart() == start) {
            return buckets.get(place - 1);
        }
        PendingBucket bucket = new PendingBucket(start, Tallies.none());
        buckets.add(place, bucket);
        return bucket;
    }

    /** True where so many have changed that they should be handed on before their time. */
    boolean isFull() {
        return changed.size() >= MAX_CHANGED;
    }

    /** Has all subjects given again: something else changed, by which their pending buckets may lead to other decisions. */
    void handOnAll() {
        allWanted = true;
    }

    /** Gives the subjects that changed since they were last given, with all their buckets as pending. */
    void handOnChanged(Out out) {
        if (started || allWanted) {
            handOnFinished(Long.MIN_VALUE, out);
        }
        for (Map.Entry<Subject, Long> change : changed.entrySet()) {
            Subject subject = change.getKey();
            List<Bucket> pending = new ArrayList<>();
            for (long span : spans) {
                PendingSpan known = store.get(key(subject, span));
                if (known != null) {
                    known.getBuckets().forEach(bucket -> pending.add(bucket(bucket)));
                }
            }
            out.accept(new Step.Progress(subject, List.of(), pending), change.getValue());
        }
        endRound(!changed.isEmpty());
    }

    private void endRound(boolean published) {
        round += published ? 1 : 0;
        changed.clear();
    }

    private static Bucket bucket(PendingBucket pending) {
        return new Bucket(pending.getStart(), pending.getTally());
    }

    /** Gives the subjects that have buckets before this instant (epoch milliseconds) or changed, and forgets those buckets. */
    void handOnFinished(long finished, Out out) {
        if (!started && !allWanted && finished <= earliest) {
            handOnChanged(out);
            return;
        }
        spans.clear();
        earliest = Long.MAX_VALUE;
        Bytes from = Bytes.wrap(new byte[0]);
        while (from != null) {
            List<Group> groups = new ArrayList<>();
            from = read(from, groups);
            groups.forEach(group -> handOn(group, finished, out));
        }
        endRound(started || !changed.isEmpty());
        started = false;
        allWanted = false;
    }

    /** Reads a batch of groups; gives the key that the next one starts with, null at the end. */
    private Bytes read(Bytes from, List<Group> groups) {
        try (KeyValueIterator<Bytes, PendingSpan> pending = store.range(from, null)) {
            while (pending.hasNext()) {
                Subject subject =
                        Subject.fromKey(ByteBuffer.wrap(pending.peekNextKey().get()));
                Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
                if (last == null || !last.subject.equals(subject)) {
                    if (groups.size() == BATCH) {
                        return pending.peekNextKey();
                    }
                    last = new Group(subject);
                    groups.add(last);
                }
                last.spans.add(pending.next());
            }
        }
        return null;
    }

    private void handOn(Group group, long finished, Out out) {
        List<Bucket> over = new ArrayList<>();
        List<Bucket> pending = new ArrayList<>();
        for (KeyValue<Bytes, PendingSpan> span : group.spans) {
            for (PendingBucket bucket : span.value.getBuckets()) {
                (bucket.getStart() < finished ? over : pending).add(bucket(bucket));
            }
            forget(span, finished);
        }
        long changedFrom =
                started && isUnpublished(group) ? Long.MIN_VALUE : changed.getOrDefault(group.subject, Long.MAX_VALUE);
        if (started || allWanted || changedFrom < Long.MAX_VALUE || !over.isEmpty()) {
            out.accept(new Step.Progress(group.subject, over, pending), changedFrom);
        }
    }

    private boolean isUnpublished(Group group) {
        return group.spans.stream().anyMatch(span -> span.value.getRound() >= unknownRound);
    }

    private void forget(KeyValue<Bytes, PendingSpan> span, long finished) {
        List<PendingBucket> left = new ArrayList<>(span.value.getBuckets());
        boolean some = left.removeIf(bucket -> bucket.getStart() < finished);
        if (left.isEmpty()) {
            store.put(span.key, null);
            return;
        }
        spans.add(spanOf(left.get(0).getStart()));
        earliest = Math.min(earliest, left.get(0).getStart());
        if (some) {
            store.put(span.key, new PendingSpan(left, span.value.getRound()));
        }
    }

    /** The spans of one subject in order of time. */
    private static final class Group {
        private final Subject subject;
        private final List<KeyValue<Bytes, PendingSpan>> spans = new ArrayList<>();

        Group(Subject subject) {
            this.subject = subject;
        }
    }

    private static long spanOf(long start) {
        return Math.floorDiv(start, SPAN);
    }

    /** Spans are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes key(Subject subject, long span) {
        byte[] key = subject.key();
        return Bytes.wrap(ByteBuffer.allocate(key.length + Long.BYTES)
                .put(key)
                .putLong(span ^ Long.MIN_VALUE)
                .array());
    }
}
