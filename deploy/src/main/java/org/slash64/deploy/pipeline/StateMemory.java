package org.slash64.deploy.pipeline;

import org.slash64.topology.TopologySettings;

/**
 * How much memory the state stores of this process may take, all of them together. Whatever does not fit is on disk.
 *
 * @param records held in the heap, where a record takes about a KiB
 * @param rocksDbMib for RocksDB, in MiB outside the heap: blocks of files, and what is not written yet
 */
public record StateMemory(int records, int rocksDbMib) {

    /** What holds unless configured otherwise. */
    public static StateMemory defaults() {
        return new StateMemory(TopologySettings.defaults().heldRecords(), 192);
    }

    /** Its size in bytes. */
    public long rocksDbBytes() {
        return (long) rocksDbMib << 20;
    }
}
