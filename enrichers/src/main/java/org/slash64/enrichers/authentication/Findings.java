package org.slash64.enrichers.authentication;

import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;

/**
 * The verdicts on one event. Empty is what was not seen, and so not checked.
 *
 * @param client reverse DNS of the client
 * @param mailFrom SPF on MAIL FROM; on postmaster@HELO for the null sender
 * @param helo SPF on HELO
 * @param dkim one verdict per signature; the empty list for a message seen to have none
 * @param fromDomains domains of the addresses in the From field, any text; none where the field was not seen
 */
public record Findings(
        Optional<FcrdnsStatus> client,
        Optional<SpfResult> mailFrom,
        Optional<SpfResult> helo,
        Optional<List<DkimResult>> dkim,
        List<String> fromDomains) {
    /** Copies the lists. */
    public Findings {
        dkim = dkim.map(List::copyOf);
        fromDomains = List.copyOf(fromDomains);
    }
}
