package org.slash64.topology.scenario;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Env;
import org.rocksdb.Options;

/** RocksDB as it is, over files in memory: most of a scenario's time would go into opening files and syncing them. */
public final class StoresInMemory implements RocksDBConfigSetter {

    /** Configuration of the {@link Env}, which outlives the stores. */
    static final String ENV = "slash64.test.env";

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        options.setEnv((Env) configs.get(ENV));
    }

    @Override
    public void close(String store, Options options) {
        // the stage closes what it made
    }
}
