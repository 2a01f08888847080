package org.slash64.topology.correlate;

import java.time.Instant;

/** What correlation has to come back to. */
interface Agenda {

    /** The message with the queue id, of the host that is worked on, is to have its turn at the given instant. */
    void message(Instant due, String queueId);
}
