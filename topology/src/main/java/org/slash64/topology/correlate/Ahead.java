package org.slash64.topology.correlate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.schemas.Address;
import org.slash64.topology.correlate.LineBuffer.Held;

/**
 * The lines with the same time as the one that is worked on and still to come. Many logs tell times in seconds; where lines
 * of one second came out of order, what is still to come tells it: a disconnect without a session of its client waits for
 * the connect. Looked through only once something is amiss.
 */
final class Ahead {

    private record Step(String host, String service, String session, String client) {}

    private final List<Held> lines;
    private int next;
    private int waiting;
    private Map<Step, Integer> connects;
    private Map<Step, Integer> disconnects;
    private Map<Step, Integer> others;

    Ahead(List<Held> lines) {
        this.lines = lines;
    }

    /** The next of the lines has its turn, so it is no longer ahead. */
    void next() {
        if (connects != null) {
            count(lines.get(next), -1);
        }
        next++;
    }

    /** A line that had its turn is put off, so it is ahead again. */
    void putOff(Held line) {
        waiting++;
        if (connects != null) {
            count(line, 1);
        }
    }

    /** A line that was put off has its turn again. */
    void taken(Held line) {
        waiting--;
        if (connects != null) {
            count(line, -1);
        }
    }

    boolean isEmpty() {
        return next >= lines.size() && waiting == 0;
    }

    /** How many connects of the client in this place are still to come; of any client where it is null. */
    int connects(SessionKey key, String client) {
        return isEmpty() ? 0 : counted().connects.getOrDefault(step(key, client), 0);
    }

    /** How many disconnects of the client in this place are still to come. */
    int disconnects(SessionKey key, String client) {
        return isEmpty() ? 0 : counted().disconnects.getOrDefault(step(key, client), 0);
    }

    /** How many lines about the client's session in this place, neither connect nor disconnect, are still to come. */
    int others(SessionKey key, String client) {
        return isEmpty() ? 0 : counted().others.getOrDefault(step(key, client), 0);
    }

    private static Step step(SessionKey key, String client) {
        return new Step(key.host(), key.service(), key.session(), client);
    }

    private Ahead counted() {
        if (connects == null) {
            connects = new HashMap<>();
            disconnects = new HashMap<>();
            others = new HashMap<>();
            for (int i = next; i < lines.size(); i++) {
                count(lines.get(i), 1);
            }
        }
        return this;
    }

    private void count(Held held, int change) {
        if (!(held.statement().fact() instanceof InSession fact)) {
            return;
        }
        SessionKey key = SessionKey.of(held.statement());
        Address client = fact.session().client();
        Map<Step, Integer> counts = countsOf(fact.kind());
        counts.merge(step(key, null), change, Integer::sum);
        if (client != null) {
            counts.merge(step(key, client.toString()), change, Integer::sum);
        }
    }

    private Map<Step, Integer> countsOf(SmtpFact.Kind kind) {
        return switch (kind) {
            case CONNECTED -> connects;
            case DISCONNECTED -> disconnects;
            default -> others;
        };
    }
}
