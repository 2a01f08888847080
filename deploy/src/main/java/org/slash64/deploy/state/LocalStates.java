package org.slash64.deploy.state;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slash64.deploy.view.Figures;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.EvidenceSlice;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.count.Sketch;
import org.slash64.topology.count.Tallies;
import org.slash64.topology.listing.DecideListings;
import org.slash64.topology.listing.StateKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stores of this instance, by interactive queries. */
public final class LocalStates {

    /** So many prefixes below one are told; a /48 can have 65,536 of /64. */
    static final int MOST_BELOW = 4_096;

    private static final StoreQueryParameters<ReadOnlyKeyValueStore<Bytes, ListingState>> STORE =
            StoreQueryParameters.fromNameAndType(DecideListings.STORE, QueryableStoreTypes.keyValueStore());

    private static final Logger LOG = LoggerFactory.getLogger(LocalStates.class);

    private final Supplier<Optional<KafkaStreams>> streams;
    private final HostInfo self;

    /** @param self how other instances reach this one */
    public LocalStates(Supplier<Optional<KafkaStreams>> streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    /** How other instances reach this one. */
    HostInfo self() {
        return self;
    }

    /**
     * Who has a subject, by the way that it is shuffled.
     *
     * @throws StateUnavailableException where that is not settled
     */
    KeyQueryMetadata owner(Subject subject) throws StateUnavailableException {
        try {
            KeyQueryMetadata owner = running()
                    .queryMetadataForKey(
                            DecideListings.STORE,
                            NetworkPartitioner.keyOf(subject),
                            NetworkPartitioner.<Object>byKey());
            if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw new StateUnavailableException("the work is being shared out anew");
            }
            return owner;
        } catch (StreamsNotStartedException | IllegalStateException e) {
            throw new StateUnavailableException("the stream does not run: " + e.getMessage());
        }
    }

    /**
     * The state of a subject in a partition of this instance.
     *
     * @throws StateUnavailableException where the instance has no copy of it, or one that is not to be read yet
     */
    SubjectState of(Subject subject, KeyQueryMetadata owner) throws StateUnavailableException {
        if (owner.activeHost().equals(self)) {
            try {
                return read(running().store(STORE.withPartition(owner.partition())), subject, false);
            } catch (InvalidStateStoreException e) {
                LOG.debug("{} is being taken over: {}", subject, e.getMessage()); // until then it is a copy
            }
        }
        return copy(subject, STORE.withPartition(owner.partition()));
    }

    /**
     * What copies on this instance, of whatever partitions, know of a subject; not known where it is in none of them.
     *
     * @throws StateUnavailableException where none is to be read yet
     */
    SubjectState anyCopy(Subject subject) throws StateUnavailableException {
        return copy(subject, STORE);
    }

    private SubjectState copy(Subject subject, StoreQueryParameters<ReadOnlyKeyValueStore<Bytes, ListingState>> store)
            throws StateUnavailableException {
        try {
            return read(running().store(store.enableStaleStores()), subject, true);
        } catch (InvalidStateStoreException e) {
            throw new StateUnavailableException("the state is being restored: " + e.getMessage());
        }
    }

    private KafkaStreams running() throws StateUnavailableException {
        return streams.get().orElseThrow(() -> new StateUnavailableException("the stream has not started yet"));
    }

    /** How all other instances that are known can be reached. */
    List<HostInfo> others() {
        try {
            return streams.get().stream()
                    .flatMap(running -> running.metadataForAllStreamsClients().stream())
                    .map(StreamsMetadata::hostInfo)
                    .filter(host -> !host.equals(self) && !host.equals(HostInfo.unavailable()))
                    .distinct()
                    .toList();
        } catch (StreamsNotStartedException | IllegalStateException e) {
            return List.of(); // it does not run
        }
    }

    /** @param stale true where the store may lag behind; then it may lack a subject too */
    SubjectState read(ReadOnlyKeyValueStore<Bytes, ListingState> store, Subject subject, boolean stale) {
        ListingState state = store.get(StateKeys.of(subject));
        List<SubjectState.Below> below = new ArrayList<>();
        boolean complete = !(subject instanceof Prefix prefix) || readBelow(store, prefix, below);
        String instance = self.host() + ":" + self.port();
        if (state == null) {
            SubjectState unknown = SubjectState.unknown(complete, stale, instance);
            return below.isEmpty() ? unknown : withBelow(unknown, below);
        }
        Tally sum = Tallies.none();
        state.getSlices().forEach(slice -> Tallies.add(sum, slice.getTally()));
        return new SubjectState(
                true,
                state.getSlices().stream().map(LocalStates::slice).toList(),
                Figures.of(sum.getCounts()),
                Sketch.estimate(sum.getAddresses()),
                Sketch.estimate(sum.getChildren()),
                Sketch.estimate(sum.getBadChildren()),
                state.getStrikes(),
                state.getLastEnded() == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(state.getLastEnded())),
                below,
                complete,
                stale,
                instance);
    }

    private static SubjectState withBelow(SubjectState state, List<SubjectState.Below> below) {
        return new SubjectState(
                false,
                state.slices(),
                state.total(),
                0,
                0,
                0,
                0,
                Optional.empty(),
                below,
                state.complete(),
                state.stale(),
                state.instance());
    }

    private static SubjectState.Slice slice(EvidenceSlice slice) {
        return new SubjectState.Slice(
                Instant.ofEpochMilli(slice.getStart()),
                Figures.of(slice.getTally().getCounts()));
    }

    /** True where all of them were read. */
    private static boolean readBelow(
            ReadOnlyKeyValueStore<Bytes, ListingState> store, Prefix prefix, List<SubjectState.Below> below) {
        try (KeyValueIterator<Bytes, ListingState> within =
                store.range(StateKeys.of(prefix), StateKeys.lastIn(prefix))) {
            while (within.hasNext() && below.size() < MOST_BELOW) {
                KeyValue<Bytes, ListingState> entry = within.next();
                Prefix found = Prefix.fromKey(ByteBuffer.wrap(entry.key.get()));
                if (!found.equals(prefix) && prefix.contains(found)) {
                    below.add(below(found, entry.value));
                }
            }
            return !within.hasNext();
        }
    }

    private static SubjectState.Below below(Prefix prefix, ListingState state) {
        Figures sum = state.getSlices().stream()
                .map(slice -> Figures.of(slice.getTally().getCounts()))
                .reduce(Figures.NONE, Figures::plus);
        return new SubjectState.Below(prefix.toString(), prefix.length(), state.getListing() != null, sum);
    }
}
