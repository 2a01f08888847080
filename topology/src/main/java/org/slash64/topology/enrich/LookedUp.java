package org.slash64.topology.enrich;

import java.util.List;
import java.util.Optional;
import org.slash64.schemas.AuthenticationVerdict;
import org.slash64.schemas.BlocklistAnswer;
import org.slash64.schemas.DkimVerdict;
import org.slash64.schemas.DomainVerdict;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.SpfVerdict;

/**
 * What was found out about one event.
 *
 * @param fcrdns reverse DNS of the client
 * @param spf one verdict per identity that was seen
 * @param dkim one verdict per signature; empty where the message was not seen
 * @param authentication what those come to; empty where nothing was asked
 * @param domains one verdict per name that was seen
 * @param domainsPassedOver names beyond the limit
 * @param clientBlocklists what blocklists of addresses said about the client, but that it is not listed
 */
public record LookedUp(
        FcrdnsVerdict fcrdns,
        List<SpfVerdict> spf,
        Optional<List<DkimVerdict>> dkim,
        Optional<AuthenticationVerdict> authentication,
        List<DomainVerdict> domains,
        int domainsPassedOver,
        List<BlocklistAnswer> clientBlocklists) {

    /** Of an event about which nobody was asked. */
    static LookedUp nothing(String why) {
        return of(FcrdnsResult.NONE, "not asked: " + why);
    }

    /** Of an event about which nothing could be found out this time. */
    static LookedUp temperror(String why) {
        return of(FcrdnsResult.TEMPERROR, why);
    }

    private static LookedUp of(FcrdnsResult result, String reason) {
        FcrdnsVerdict fcrdns = new FcrdnsVerdict(result, List.of(), List.of(), reason, List.of(), false);
        return new LookedUp(fcrdns, List.of(), Optional.empty(), Optional.empty(), List.of(), 0, List.of());
    }
}
