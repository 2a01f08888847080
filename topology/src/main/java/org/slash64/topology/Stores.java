package org.slash64.topology;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.schemas.state.FallbackState;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.IndexedEvent;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.OpenMails;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.schemas.state.PendingSpan;
import org.slash64.schemas.state.ReputationState;
import org.slash64.schemas.state.Tally;
import org.slash64.schemas.state.WaitingFeedback;
import org.slash64.topology.correlate.CorrelationStores;
import org.slash64.topology.count.CombineCounts;
import org.slash64.topology.count.CountPrefixes;
import org.slash64.topology.enrich.EnrichEvents;
import org.slash64.topology.fallback.FollowMails;
import org.slash64.topology.fallback.LearnSenders;
import org.slash64.topology.feedback.JoinFeedback;
import org.slash64.topology.limit.ApplyLimits;
import org.slash64.topology.listing.DecideListings;
import org.slash64.topology.reputation.RateDomains;
import org.slash64.topology.state.WriteBehindStores;

/**
 * The state stores of all steps: RocksDB with a changelog, written to before each commit, since a session or a window
 * changes many times between two. Keys are as their steps define them.
 */
final class Stores {

    /** Records that only stores and repartition topics hold; their schemas are registered like those of topics. */
    static final List<Class<? extends SpecificRecord>> RECORDS = List.of(
            HostState.class,
            OpenSession.class,
            OpenMessage.class,
            KnownMessageId.class,
            SmtpEvent.class,
            PendingSpan.class,
            Feedback.class,
            IndexedEvent.class,
            WaitingFeedback.class,
            EnrichmentWaits.class,
            Contribution.class,
            Tally.class,
            LimitStates.class,
            ReputationState.class,
            ListingState.class,
            AllowEntry.class,
            OpenMails.class,
            FallbackState.class);

    private final SchemaIds ids;
    private final WriteBehindStores stores;

    /** @param held how many records all stores together may hold in the heap */
    Stores(SchemaIds ids, int held) {
        this.ids = ids;
        this.stores = new WriteBehindStores(held);
    }

    StoreBuilder<?>[] ofCorrelation() {
        return new StoreBuilder<?>[] {
            store(CorrelationStores.HOSTS, Serdes.String(), avro(HostState.class)),
            store(CorrelationStores.SESSIONS, Serdes.String(), avro(OpenSession.class)),
            store(CorrelationStores.MESSAGES, Serdes.String(), avro(OpenMessage.class)),
            store(CorrelationStores.MESSAGE_IDS, Serdes.String(), avro(KnownMessageId.class)),
            store(CorrelationStores.LINES, Serdes.Bytes(), Serdes.ByteArray()),
            store(CorrelationStores.IDS, Serdes.Bytes(), Serdes.ByteArray())
        };
    }

    StoreBuilder<?>[] ofEnrichment() {
        return new StoreBuilder<?>[] {store(EnrichEvents.STORE, Serdes.Long(), avro(SmtpEvent.class))};
    }

    StoreBuilder<?>[] ofCombining() {
        return new StoreBuilder<?>[] {
            byBytes(CombineCounts.STORE, Contribution.class),
            store(CombineCounts.WAITING, Serdes.Integer(), avro(EnrichmentWaits.class))
        };
    }

    StoreBuilder<?>[] ofFeedback() {
        return new StoreBuilder<?>[] {
            byBytes(JoinFeedback.INDEX, IndexedEvent.class), byBytes(JoinFeedback.WAITING, WaitingFeedback.class)
        };
    }

    StoreBuilder<?>[] ofCounting() {
        return new StoreBuilder<?>[] {
            byBytes(CountPrefixes.WINDOWS, Tally.class),
            byBytes(CountPrefixes.BUCKETS, PendingSpan.class),
            store(CountPrefixes.CLOCKS, Serdes.Integer(), avro(Contribution.class))
        };
    }

    StoreBuilder<?>[] ofLimits() {
        return new StoreBuilder<?>[] {byBytes(ApplyLimits.STORE, LimitStates.class), index(ApplyLimits.DUE)};
    }

    StoreBuilder<?>[] ofReputation() {
        return new StoreBuilder<?>[] {byBytes(RateDomains.STORE, ReputationState.class), index(RateDomains.DUE)};
    }

    StoreBuilder<?>[] ofListings() {
        return new StoreBuilder<?>[] {
            byBytes(DecideListings.STORE, ListingState.class),
            index(DecideListings.DUE),
            index(DecideListings.COARSE),
            store(DecideListings.ALLOWED, Serdes.String(), avro(AllowEntry.class))
        };
    }

    StoreBuilder<?>[] ofMails() {
        return new StoreBuilder<?>[] {byBytes(FollowMails.STORE, OpenMails.class), index(FollowMails.DUE)};
    }

    StoreBuilder<?>[] ofSenders() {
        return new StoreBuilder<?>[] {byBytes(LearnSenders.STORE, FallbackState.class), index(LearnSenders.DUE)};
    }

    private <T extends SpecificRecord> StoreBuilder<KeyValueStore<Bytes, T>> byBytes(String name, Class<T> record) {
        return store(name, Serdes.Bytes(), avro(record));
    }

    /** A store whose keys say all. */
    private StoreBuilder<KeyValueStore<Bytes, byte[]>> index(String name) {
        return store(name, Serdes.Bytes(), Serdes.ByteArray());
    }

    <T extends SpecificRecord> Serde<T> avro(Class<T> record) {
        return AvroSerde.internal(record, ids);
    }

    private <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> key, Serde<V> value) {
        return stores.store(name, key, value);
    }
}
