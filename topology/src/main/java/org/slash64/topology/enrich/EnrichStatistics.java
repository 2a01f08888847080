package org.slash64.topology.enrich;

/** Is told what enrichment does. May be called by several stream threads. */
public interface EnrichStatistics {

    /** A verdict was forwarded. */
    void verdict();

    /** The number of events that wait for look-ups changed by so much. */
    void waiting(int change);
}
