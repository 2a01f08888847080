package org.slash64.topology.enrich;

import java.util.List;
import java.util.Optional;
import org.slash64.connectors.inline.ClientVerdicts;
import org.slash64.connectors.inline.DkimVerdicts;
import org.slash64.connectors.inline.SpfVerdicts;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimVerifier;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;

/** What an event brings along of verdicts that slash64 reached while the mail server waited; nobody is asked for them again. */
final class Told {

    private final SmtpEvent event;
    private final Optional<InlineVerdicts> verdicts;

    Told(SmtpEvent event) {
        this.event = event;
        this.verdicts = Optional.ofNullable(event.getInlineVerdicts());
    }

    Optional<FcrdnsResult> reverse() {
        return verdicts.map(InlineVerdicts::getFcrdns).map(ClientVerdicts::result);
    }

    Optional<SpfResult> spf(SpfIdentity identity) {
        return verdicts.flatMap(all -> all.getSpf().stream()
                        .filter(verdict -> verdict.getIdentity() == identity)
                        .findFirst())
                .map(SpfVerdicts::result);
    }

    /** Not where the time of the event, which is another by the time that the message took, makes a difference. */
    Optional<List<DkimResult>> dkim(DkimMaterial material, DkimVerifier verifier) {
        return verdicts.filter(all -> all.getDkim() != null
                        && all.getDkim().size() == material.signatures().size()
                        && verifier.judgesAlike(material, all.getJudgedAt(), event.getTime()))
                .map(all -> DkimVerdicts.results(all.getDkim()));
    }
}
