package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slash64.schemas.Claim;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;

/**
 * Which message has a Message-ID, kept for hosts with a program that tells its verdicts by it alone. The first such verdict
 * of a host is how that is known.
 */
final class MessageIds {

    /** At the bound a tenth gives way at once, so that the search for the oldest is rare. */
    private static final int SHARE_THAT_GIVES_WAY = 10;

    private final CorrelatorSettings settings;
    private final CorrelationState state;
    private final CorrelatorStatistics statistics;

    MessageIds(CorrelatorSettings settings, CorrelationState state, CorrelatorStatistics statistics) {
        this.settings = settings;
        this.state = state;
        this.statistics = statistics;
    }

    /** The message has the id, and is told the verdicts that came before it. */
    void belongsTo(Moment moment, String messageId, OpenMessage message) {
        if (!moment.host().getJoinsByMessageId()) {
            return;
        }
        KnownMessageId known = findOrBegin(moment, messageId);
        known.setQueueId(message.getQueueId());
        Claims.add(message.getClaims(), known.getClaims());
        known.setClaims(new ArrayList<>());
        put(moment, known);
    }

    /** The queue id of the message with the id; null where it is not known, and then the verdicts wait for it. */
    String queueIdOf(Moment moment, String messageId, List<Claim> claims) {
        moment.host().setJoinsByMessageId(true);
        KnownMessageId known = findOrBegin(moment, messageId);
        if (known.getQueueId() == null) {
            List<Claim> waiting = new ArrayList<>(known.getClaims());
            Claims.add(waiting, claims);
            known.setClaims(waiting);
        }
        put(moment, known);
        return known.getQueueId();
    }

    private KnownMessageId findOrBegin(Moment moment, String messageId) {
        KnownMessageId known = state.messageId(moment.host().getHost(), messageId);
        if (known != null) {
            return known;
        }
        moment.host().setMessageIds(moment.host().getMessageIds() + 1);
        return new KnownMessageId(moment.host().getHost(), messageId, null, new ArrayList<>(), moment.clock());
    }

    private void put(Moment moment, KnownMessageId known) {
        known.setLastSeen(moment.clock());
        state.putMessageId(known);
    }

    void forget(Moment moment, OpenMessage message) {
        if (moment.host().getMessageIds() == 0 || message.getMessageId() == null) {
            return;
        }
        KnownMessageId known = state.messageId(message.getHost(), message.getMessageId());
        if (known != null && message.getQueueId().equals(known.getQueueId())) {
            remove(moment.host(), known);
        }
    }

    private void remove(HostState host, KnownMessageId known) {
        if (!known.getClaims().isEmpty()) {
            statistics.incident(Incident.CLAIM_WITHOUT_MESSAGE);
        }
        state.removeMessageId(known.getHost(), known.getMessageId());
        host.setMessageIds(host.getMessageIds() - 1);
    }

    void timeOuts(Moment moment, Instant limit) {
        if (moment.host().getMessageIds() > 0) {
            oldest(moment.host().getHost(), limit).forEach(known -> remove(moment.host(), known));
        }
    }

    void bounds(Moment moment) {
        int most = settings.bounds().maxMessages();
        if (moment.host().getMessageIds() > most) {
            oldest(moment.host().getHost(), Instant.MAX).stream()
                    .limit(most / SHARE_THAT_GIVES_WAY + 1)
                    .forEach(known -> remove(moment.host(), known));
        }
    }

    private List<KnownMessageId> oldest(String host, Instant limit) {
        return state.messageIdsUnseenSince(host, limit).stream()
                .sorted(Comparator.comparing(KnownMessageId::getLastSeen).thenComparing(KnownMessageId::getMessageId))
                .toList();
    }
}
