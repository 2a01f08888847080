package org.slash64.connectors.inline;

import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.spf.SpfMatch;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfVerdict;

/** SPF of one identity. Enumerations have the same names on both sides. */
public final class SpfVerdicts {

    private SpfVerdicts() {}

    /** As a record. */
    public static SpfVerdict of(SpfIdentity identity, SpfResult result) {
        return SpfVerdict.newBuilder()
                .setIdentity(identity)
                .setDomain(Texts.cut(result.domain()))
                .setResult(org.slash64.schemas.SpfResult.valueOf(result.status().name()))
                .setVoidLimit(result.voidLimit())
                .setMatch(result.match().map(SpfMatch::directive).orElse(null))
                .setMatchDomain(result.match().map(SpfMatch::domain).orElse(null))
                .setDnsTerms(result.dnsTerms())
                .setVoidLookups(result.voidLookups())
                .setReason(result.reason())
                .build();
    }

    /** The result that the record was made of, but for what it has not: explanation, includes, number of questions. */
    public static SpfResult result(SpfVerdict verdict) {
        List<SpfMatch> path = verdict.getMatch() == null
                ? List.of()
                : List.of(new SpfMatch(verdict.getMatchDomain(), verdict.getMatch()));
        return new SpfResult(
                SpfStatus.valueOf(verdict.getResult().name()),
                verdict.getDomain(),
                Optional.empty(),
                path,
                verdict.getDnsTerms(),
                0,
                verdict.getVoidLookups(),
                verdict.getVoidLimit(),
                verdict.getReason());
    }
}
