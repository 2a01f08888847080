package org.slash64.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.topology.state.WriteBehindStores;

/** What one task gives to one step: stores in memory, a wall clock that the test sets, and a record of what is forwarded. */
public final class StepContext<K, V> {

    /** Few are held, so that much is written and read again. */
    private static final WriteBehindStores STORES = new WriteBehindStores(0);

    /** Where a wall clock starts; far from the event times of the tests. */
    public static final long START = 1_800_000_000_000L;

    private final MockProcessorContext<K, V> context;
    private long now = START;

    public StepContext(int partition) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        context = new MockProcessorContext<>(
                config, new TaskId(0, partition), Path.of("target").toFile());
        context.setCurrentSystemTimeMs(now);
    }

    public MockProcessorContext<K, V> context() {
        return context;
    }

    /** A fresh store of Avro values. */
    public <S, R extends SpecificRecord> KeyValueStore<S, R> store(String name, Serde<S> keys, Class<R> values) {
        KeyValueStore<S, R> store = STORES.over(
                        Stores.inMemoryKeyValueStore(name), keys, AvroSerde.internal(values, new SchemasInMemory()))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    /** The same keyed by bytes. */
    public <R extends SpecificRecord> KeyValueStore<Bytes, R> store(String name, Class<R> values) {
        return store(name, Serdes.Bytes(), values);
    }

    /** A fresh store whose keys say all. */
    public KeyValueStore<Bytes, byte[]> index(String name) {
        KeyValueStore<Bytes, byte[]> store = STORES.over(
                        Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return store;
    }

    public long now() {
        return now;
    }

    /** Wall time passes; every punctuation comes once. */
    public void pass(long millis) {
        now += millis;
        context.setCurrentSystemTimeMs(now);
        punctuate();
    }

    /** Every punctuation comes once. */
    public void punctuate() {
        List.copyOf(context.scheduledPunctuators())
                .forEach(scheduled -> scheduled.getPunctuator().punctuate(now));
    }

    /** What was forwarded since the last call. */
    public List<Record<? extends K, ? extends V>> forwarded() {
        List<Record<? extends K, ? extends V>> records = List.copyOf(context.forwarded()).stream()
                .<Record<? extends K, ? extends V>>map(MockProcessorContext.CapturedForward::record)
                .toList();
        context.resetForwards();
        return records;
    }
}
