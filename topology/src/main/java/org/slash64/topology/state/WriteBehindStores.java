package org.slash64.topology.state;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Builds stores in RocksDB with a changelog that are written to before each commit, see {@link WriteBehindStore}. */
public final class WriteBehindStores {

    private final HeldRecords budget;

    /** @param mostHeld how many records all stores together may hold in the heap */
    public WriteBehindStores(int mostHeld) {
        this.budget = new HeldRecords(mostHeld);
    }

    /** A store by name. */
    public <K, V> StoreBuilder<KeyValueStore<K, V>> store(String name, Serde<K> key, Serde<V> value) {
        return over(Stores.persistentKeyValueStore(name), key, value);
    }

    /** A store over another one. */
    public <K, V> StoreBuilder<KeyValueStore<K, V>> over(
            KeyValueBytesStoreSupplier below, Serde<K> key, Serde<V> value) {
        return new Builder<>(below, key, value, budget, true, Map.of());
    }

    private record Builder<K, V>(
            KeyValueBytesStoreSupplier below,
            Serde<K> key,
            Serde<V> value,
            HeldRecords budget,
            boolean loggingEnabled,
            Map<String, String> logConfig)
            implements StoreBuilder<KeyValueStore<K, V>> {

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withCachingEnabled() {
            throw new UnsupportedOperationException("this store caches in its own way");
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withLoggingEnabled(Map<String, String> config) {
            return new Builder<>(below, key, value, budget, true, Map.copyOf(config));
        }

        @Override
        public StoreBuilder<KeyValueStore<K, V>> withLoggingDisabled() {
            return new Builder<>(below, key, value, budget, false, Map.of());
        }

        @Override
        public KeyValueStore<K, V> build() {
            MeasuredSerde<V> measured = new MeasuredSerde<>(value);
            StoreBuilder<KeyValueStore<K, V>> plain = Stores.keyValueStoreBuilder(below, key, measured);
            return new WriteBehindStore<>(
                    (loggingEnabled ? plain.withLoggingEnabled(logConfig) : plain.withLoggingDisabled()).build(),
                    measured,
                    budget);
        }

        @Override
        public String name() {
            return below.name();
        }
    }
}
