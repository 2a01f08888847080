package org.slash64.topology;

import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.schemas.state.BucketPart;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.LimitStates;
import org.slash64.schemas.state.ListingState;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.schemas.state.OpenWindow;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.correlate.CorrelationStores;
import org.slash64.topology.count.CombineCounts;
import org.slash64.topology.count.CountPrefixes;
import org.slash64.topology.enrich.EnrichEvents;
import org.slash64.topology.limit.ApplyLimits;
import org.slash64.topology.listing.DecideListings;

/**
 * The state stores of all steps: RocksDB with a changelog and a write cache, since a session or a window changes many times
 * between two commits. Keys are as their steps define them.
 */
final class Stores {

    /** Records that only stores and repartition topics hold; their schemas are registered like those of topics. */
    static final List<Class<? extends SpecificRecord>> RECORDS = List.of(
            HostState.class,
            OpenSession.class,
            OpenMessage.class,
            SmtpEvent.class,
            Tally.class,
            BucketPart.class,
            OpenWindow.class,
            LimitStates.class,
            ListingState.class);

    private final SchemaIds ids;

    Stores(SchemaIds ids) {
        this.ids = ids;
    }

    StoreBuilder<?>[] ofCorrelation() {
        return new StoreBuilder<?>[] {
            store(CorrelationStores.HOSTS, Serdes.String(), avro(HostState.class)),
            store(CorrelationStores.SESSIONS, Serdes.String(), avro(OpenSession.class)),
            store(CorrelationStores.MESSAGES, Serdes.String(), avro(OpenMessage.class)),
            store(CorrelationStores.IDS, Serdes.Bytes(), Serdes.ByteArray())
        };
    }

    StoreBuilder<?>[] ofEnrichment() {
        return new StoreBuilder<?>[] {store(EnrichEvents.STORE, Serdes.Long(), avro(SmtpEvent.class))};
    }

    StoreBuilder<?>[] ofCombining() {
        return new StoreBuilder<?>[] {store(CombineCounts.STORE, Serdes.Bytes(), avro(BucketPart.class))};
    }

    StoreBuilder<?>[] ofCounting() {
        return new StoreBuilder<?>[] {
            store(CountPrefixes.WINDOWS, Serdes.Bytes(), avro(OpenWindow.class)),
            store(CountPrefixes.BUCKETS, Serdes.Bytes(), avro(Tally.class)),
            store(CountPrefixes.CLOCKS, Serdes.Integer(), avro(BucketPart.class))
        };
    }

    StoreBuilder<?>[] ofLimits() {
        return new StoreBuilder<?>[] {store(ApplyLimits.STORE, Serdes.Bytes(), avro(LimitStates.class))};
    }

    StoreBuilder<?>[] ofListings() {
        return new StoreBuilder<?>[] {store(DecideListings.STORE, Serdes.Bytes(), avro(ListingState.class))};
    }

    <T extends SpecificRecord> Serde<T> avro(Class<T> record) {
        return AvroSerde.internal(record, ids);
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> key, Serde<V> value) {
        return org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), key, value)
                .withCachingEnabled();
    }
}
