package org.slash64.connectors.fallback;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slash64.schemas.Prefix;

/** How often senders were told within the window. Nobody is forgotten before his time: when it is full nobody new fits in. */
final class Attempts {

    /** Hours of the budget by default; some 50 MiB at most. */
    static final int MAX_SENDERS = 100_000;

    /** RFC 5321 section 4.5.3.1: 64 octets of a local part, an at sign, 255 of a domain. */
    static final int MAX_MAIL_FROM = 320;

    /**
     * Who is told.
     *
     * @param mailFrom empty where all of a network are one
     */
    record Sender(Prefix network, String mailFrom) {

        /** Cuts what is longer than any address. */
        Sender {
            mailFrom = mailFrom.substring(0, Math.min(mailFrom.length(), MAX_MAIL_FROM));
        }
    }

    private record Told(Instant since, int times) {}

    private final int most;
    private final Duration window;

    /** By when they were first told. */
    private final Map<Sender, Told> told = new LinkedHashMap<>();

    Attempts(int most, Duration window) {
        this.most = most;
        this.window = window;
    }

    /** True where the sender may be told once more. */
    boolean mayTell(Sender sender, Instant now) {
        forget(now);
        Told known = told.get(sender);
        return known == null ? told.size() < MAX_SENDERS : known.times() < most;
    }

    /** The sender is told. */
    void tell(Sender sender, Instant now) {
        told.merge(sender, new Told(now, 1), (known, one) -> new Told(known.since(), known.times() + 1));
    }

    private void forget(Instant now) {
        Iterator<Told> oldest = told.values().iterator();
        while (oldest.hasNext() && !oldest.next().since().plus(window).isAfter(now)) {
            oldest.remove();
        }
    }

    int senders() {
        return told.size();
    }
}
