package org.slash64.topology.correlate;

import java.util.List;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Claim;
import org.slash64.schemas.ClaimMethod;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/** Verdicts of other programs, kept with the message or the session that they are about. */
final class Claims {

    /** Verdicts on one message that are kept. */
    private static final int MAX_CLAIMS = 100;

    private final CorrelatorStatistics statistics;
    private final Sessions sessions;
    private final Messages messages;
    private final MessageIds messageIds;

    Claims(CorrelatorStatistics statistics, Sessions sessions, Messages messages, MessageIds messageIds) {
        this.statistics = statistics;
        this.sessions = sessions;
        this.messages = messages;
        this.messageIds = messageIds;
    }

    void claimed(Moment moment, Claimed fact) {
        List<Claim> claims = fact.claims().stream()
                .map(claim -> recorded(moment.source(), claim))
                .toList();
        if (fact.queueId() != null) {
            onMessage(moment, fact.queueId(), claims);
        } else if (fact.session() != null) {
            onSession(moment, fact.session(), claims);
        } else if (fact.messageId() != null) {
            String queueId = messageIds.queueIdOf(moment, fact.messageId(), claims);
            if (queueId != null) {
                onMessage(moment, queueId, claims);
            }
        }
    }

    private static Claim recorded(String source, SmtpFact.Claim claim) {
        return new Claim(
                source,
                ClaimMethod.valueOf(claim.method().name()),
                claim.result(),
                claim.domain(),
                claim.selector(),
                claim.score());
    }

    private void onMessage(Moment moment, String queueId, List<Claim> claims) {
        OpenMessage message = messages.findOrBegin(moment, queueId);
        if (message.getEmitted()) {
            statistics.incident(Incident.CLAIM_WITHOUT_MESSAGE);
            return;
        }
        add(message.getClaims(), claims);
        messages.put(moment, message);
    }

    private void onSession(Moment moment, Session about, List<Claim> claims) {
        OpenSession session = sessions.findOrBegin(moment, about);
        if (session == null) {
            statistics.incident(Incident.FACT_WITHOUT_CLIENT);
            return;
        }
        add(session.getClaims(), claims);
        sessions.put(moment, session);
    }

    /** Adds those that are not there yet. */
    static void add(List<Claim> kept, List<Claim> more) {
        for (Claim claim : more) {
            if (kept.size() < MAX_CLAIMS && !kept.contains(claim)) {
                kept.add(claim);
            }
        }
    }
}
