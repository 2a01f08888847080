package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Tally;

/** Buckets that may still change. They lie in a store, by subject and in order of time. */
final class PendingBuckets {

    /** Changes are handed on before their time when so many subjects have changed. */
    static final int MAX_CHANGED = 50_000;

    /** So many subjects are handed on at once. */
    private static final int BATCH = 1_000;

    private final KeyValueStore<Bytes, Tally> store;
    private final Set<Bytes> changed = new TreeSet<>();

    /** At a start it is not known what was handed on before. */
    private boolean allChanged = true;

    PendingBuckets(KeyValueStore<Bytes, Tally> store) {
        this.store = store;
    }

    /** Counts in a bucket, given by its start. */
    void add(Subject subject, long start, Tally tally) {
        Bytes key = key(subject, start);
        Tally sum = store.get(key);
        store.put(key, sum == null ? tally : Tallies.add(sum, tally));
        changed.add(Bytes.wrap(subject.key()));
    }

    /** True where so many have changed that they should be handed on before their time. */
    boolean isFull() {
        return changed.size() >= MAX_CHANGED;
    }

    /** Has all subjects given again: something else changed, by which their pending buckets may lead to other decisions. */
    void handOnAll() {
        allChanged = true;
    }

    /** Gives the subjects that changed since they were last given, with all their buckets as pending. */
    void handOnChanged(Consumer<Step.Progress> out) {
        if (allChanged) {
            handOnFinished(Long.MIN_VALUE, out);
        }
        for (Bytes key : changed) {
            Subject subject = Subject.fromKey(ByteBuffer.wrap(key.get()));
            Group group = new Group(subject);
            try (KeyValueIterator<Bytes, Tally> buckets =
                    store.range(key(subject, Long.MIN_VALUE), key(subject, Long.MAX_VALUE))) {
                buckets.forEachRemaining(group::add);
            }
            out.accept(new Step.Progress(subject, List.of(), group.buckets));
        }
        changed.clear();
    }

    /** Gives the subjects that have buckets before this instant (epoch milliseconds) or changed, and forgets those buckets. */
    void handOnFinished(long finished, Consumer<Step.Progress> out) {
        Bytes from = Bytes.wrap(new byte[0]);
        while (from != null) {
            List<Group> groups = new ArrayList<>();
            from = read(from, groups);
            groups.forEach(group -> handOn(group, finished, out));
        }
        allChanged = false;
        changed.clear();
    }

    /** Reads a batch of groups; gives the key that the next one starts with, null at the end. */
    private Bytes read(Bytes from, List<Group> groups) {
        try (KeyValueIterator<Bytes, Tally> buckets = store.range(from, null)) {
            while (buckets.hasNext()) {
                Subject subject =
                        Subject.fromKey(ByteBuffer.wrap(buckets.peekNextKey().get()));
                Group last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
                if (last == null || !last.subject.equals(subject)) {
                    if (groups.size() == BATCH) {
                        return buckets.peekNextKey();
                    }
                    last = new Group(subject);
                    groups.add(last);
                }
                last.add(buckets.next());
            }
        }
        return null;
    }

    private void handOn(Group group, long finished, Consumer<Step.Progress> out) {
        List<Bucket> over = group.buckets.stream()
                .filter(bucket -> bucket.start() < finished)
                .toList();
        if (over.isEmpty() && !allChanged && !changed.contains(Bytes.wrap(group.subject.key()))) {
            return;
        }
        over.forEach(bucket -> store.delete(key(group.subject, bucket.start())));
        out.accept(new Step.Progress(group.subject, over, group.buckets.subList(over.size(), group.buckets.size())));
    }

    /** The buckets of one subject in order of time. */
    private static final class Group {
        private final Subject subject;
        private final List<Bucket> buckets = new ArrayList<>();

        Group(Subject subject) {
            this.subject = subject;
        }

        void add(KeyValue<Bytes, Tally> entry) {
            long start = ByteBuffer.wrap(entry.key.get()).getLong(entry.key.get().length - Long.BYTES) ^ Long.MIN_VALUE;
            buckets.add(new Bucket(start, entry.value));
        }
    }

    /** Times are stored with their sign bit turned, so that bytes sort as numbers do. */
    private static Bytes key(Subject subject, long start) {
        byte[] key = subject.key();
        return Bytes.wrap(ByteBuffer.allocate(key.length + Long.BYTES)
                .put(key)
                .putLong(start ^ Long.MIN_VALUE)
                .array());
    }
}
