package org.slash64.deploy.pipeline;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all RocksDB stores of a process share. Left to itself each store takes up to a hundred megabytes, and there
 * is one for each store and partition.
 */
public final class SharedRocksDb implements AutoCloseable {

    /** Under this name the configuration of the stream carries the instance to {@link Setter}. */
    static final String PROPERTY = "slash64.shared.rocksdb";

    /** So much of the memory may be taken by what is not written to files yet. */
    private static final double WRITE_BUFFERS = 0.5;

    /** Indexes and filters are kept before blocks of data. */
    private static final double HIGH_PRIORITY = 0.2;

    /** Of one store; together they are bounded by what they share. */
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    /** By the size of the machine's own default. */
    private static final int SHARD_BITS = -1;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    public SharedRocksDb(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes, SHARD_BITS, false, HIGH_PRIORITY);
        writeBuffers = new WriteBufferManager((long) (bytes * WRITE_BUFFERS), cache);
    }

    private void apply(Options options) {
        BlockBasedTableConfig tables = (BlockBasedTableConfig) options.tableFormatConfig();
        tables.setBlockCache(cache);
        tables.setCacheIndexAndFilterBlocks(true);
        tables.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(tables);
        options.setWriteBufferManager(writeBuffers);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    /** To be called when all stores are closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }

    /** Tells each store of what is shared; made by Kafka Streams. */
    public static final class Setter implements RocksDBConfigSetter {

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            ((SharedRocksDb) configs.get(PROPERTY)).apply(options);
        }

        @Override
        public void close(String store, Options options) {
            // what is shared is closed by its owner
        }
    }
}
