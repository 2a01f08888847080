package org.slash64.topology.enrich;

import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.fcrdns.Fcrdns;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.schemas.Address;
import org.slash64.schemas.FcrdnsVerdict;

/** What enrichment asks about a client. The future is done at once where all answers are cached, and never fails. */
public interface ClientLookup {

    /** Forward-confirmed reverse DNS of a client. */
    CompletableFuture<FcrdnsVerdict> lookUp(Address client);

    /** Look-ups over real DNS. */
    static ClientLookup over(Fcrdns fcrdns) {
        return client -> fcrdns.check(client.toInetAddress()).thenApply(ClientLookup::verdict);
    }

    private static FcrdnsVerdict verdict(FcrdnsResult result) {
        org.slash64.schemas.FcrdnsResult status = switch (result.status()) {
            case PASS -> org.slash64.schemas.FcrdnsResult.PASS;
            case FAIL -> org.slash64.schemas.FcrdnsResult.FAIL;
            case TEMPERROR -> org.slash64.schemas.FcrdnsResult.TEMPERROR;
            case PERMERROR -> org.slash64.schemas.FcrdnsResult.PERMERROR;
        };
        return new FcrdnsVerdict(status, result.confirmed(), result.names(), result.reason());
    }
}
