package org.slash64.topology.enrich;

import org.slash64.schemas.SmtpVerdict;

/** Is told what enrichment does. May be called by several stream threads. */
public interface EnrichStatistics {

    /** A verdict was forwarded. */
    void verdict(SmtpVerdict verdict);

    /** The number of events that wait for look-ups changed by so much. */
    void waiting(int change);
}
