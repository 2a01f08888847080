package org.slash64.connectors.inline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfVerdict;

/** Of verdicts that were reached in haste those that asking again, with more time, would not change. */
public final class Settled {

    private Settled() {}

    /**
     * As a record.
     *
     * @param at what the times in signatures were held against, in whole milliseconds
     */
    public static InlineVerdicts of(Instant at, FcrdnsResult client, Findings findings) {
        List<SpfVerdict> spf = new ArrayList<>();
        findings.mailFrom()
                .filter(Settled::isSettled)
                .ifPresent(result -> spf.add(SpfVerdicts.of(SpfIdentity.MAIL_FROM, result)));
        findings.helo()
                .filter(Settled::isSettled)
                .ifPresent(result -> spf.add(SpfVerdicts.of(SpfIdentity.HELO, result)));
        return new InlineVerdicts(
                at,
                fcrdns(client).orElse(null),
                spf,
                findings.dkim().filter(Settled::isSettled).map(DkimVerdicts::of).orElse(null));
    }

    private static Optional<FcrdnsVerdict> fcrdns(FcrdnsResult client) {
        boolean settled = switch (client.status()) {
            case PASS -> client.confirmed().size() == client.names().size(); // another name may only have been late
            case FAIL, PERMERROR -> true;
            case TEMPERROR -> false;
        };
        return settled ? Optional.of(ClientVerdicts.of(client)) : Optional.empty();
    }

    private static boolean isSettled(SpfResult result) {
        return result.status() != SpfStatus.TEMPERROR;
    }

    private static boolean isSettled(List<DkimResult> results) {
        return results.stream().noneMatch(result -> result.status() == DkimStatus.TEMPERROR);
    }
}
