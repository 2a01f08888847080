package org.slash64.deploy.pipeline;

/**
 * How much memory the state stores of this process may take, all of them together. Whatever does not fit is on disk.
 *
 * @param cacheMib for records that change often between two commits, in MiB of heap by their own reckoning; with what
 *     Java adds, the heap takes about four times as much
 * @param rocksDbMib for RocksDB, in MiB outside the heap: blocks of files, and what is not written yet
 */
public record StateMemory(int cacheMib, int rocksDbMib) {

    /** What holds unless configured otherwise; with it a million active /64 fit into 512 MiB of heap, broker included. */
    public static StateMemory defaults() {
        return new StateMemory(48, 192);
    }

    /** Its size in bytes. */
    public long cacheBytes() {
        return (long) cacheMib << 20;
    }

    /** Likewise. */
    public long rocksDbBytes() {
        return (long) rocksDbMib << 20;
    }
}
