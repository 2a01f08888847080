package org.slash64.connectors.fallback;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slash64.schemas.Address;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.Prefix;

/** What the topic fallback.senders says of senders, in memory: who is exempt, and who has come over IPv4. */
final class KnownSenders {

    /** Beyond, senders count as not known, which costs them no mail: the cap holds for them as well. */
    static final int MAX_SENDERS = 500_000;

    /** Events come late, and so does the record of an exemption that goes on. */
    static final Duration SLACK = Duration.ofMinutes(10);

    /**
     * One of them.
     *
     * @param comesBack true where mail of it has come over IPv4
     * @param exemptUntil epoch milliseconds; 0 where it is not exempt
     */
    private record Standing(boolean comesBack, long exemptUntil) {}

    private final Map<Prefix, Standing> senders = new HashMap<>();

    /** @param sender null where it is forgotten */
    void take(Prefix network, FallbackSender sender) {
        Standing standing = sender == null ? new Standing(false, 0) : standing(sender);
        if (!standing.comesBack() && standing.exemptUntil() == 0) {
            senders.remove(network);
        } else if (senders.size() < MAX_SENDERS || senders.containsKey(network)) {
            senders.put(network, standing);
        }
    }

    private static Standing standing(FallbackSender sender) {
        return new Standing(
                sender.getLastReturned() != null,
                Optional.ofNullable(sender.getExemptUntil())
                        .map(Instant::toEpochMilli)
                        .orElse(0L));
    }

    boolean isExempt(Address client, Instant now) {
        Standing standing = senders.get(Prefix.finest(client));
        return standing != null && standing.exemptUntil() + SLACK.toMillis() >= now.toEpochMilli();
    }

    boolean comesBack(Address client) {
        Standing standing = senders.get(Prefix.finest(client));
        return standing != null && standing.comesBack();
    }

    /** Senders exempt now. */
    long exempt(Instant now) {
        return senders.values().stream()
                .filter(standing -> standing.exemptUntil() >= now.toEpochMilli())
                .count();
    }
}
