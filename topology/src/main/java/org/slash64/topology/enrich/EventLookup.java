package org.slash64.topology.enrich;

import java.util.concurrent.CompletableFuture;
import org.slash64.schemas.Address;
import org.slash64.schemas.SmtpEvent;

/** What enrichment asks about an event. The future is done at once where all answers are cached, and never fails. */
public interface EventLookup {

    /** Asks about an event and its client. */
    CompletableFuture<LookedUp> lookUp(SmtpEvent event, Address client);
}
