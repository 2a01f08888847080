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

    /** Lines are found by the slot that their session and kind fall into. */
    private static final int SLOTS = 256;

    /** Where a slot has more lines than this, they are counted by session once, so that many lines of one stay cheap. */
    private static final int MAX_WALK = 16;

    private record Step(String host, String service, String session, String client) {}

    /** Stands for all kinds of lines of a session but its connect and its disconnect. */
    private static final SmtpFact.Kind OTHER = SmtpFact.Kind.HELO;

    private static final int NOT_FOUND_OUT = -1;

    private final List<Held> lines;
    private int next;
    private int waiting;

    /** By slot the place of its first line, counted from 1, and by line the place of the next in the same slot. */
    private int[] firsts;

    private int[] following;
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

    /** A line that had its turn is put off, so it is ahead again. From now on lines are counted by session. */
    void putOff(Held line) {
        waiting++;
        counted().count(line, 1);
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
        return ahead(key, client, SmtpFact.Kind.CONNECTED);
    }

    /** How many disconnects of the client in this place are still to come. */
    int disconnects(SessionKey key, String client) {
        return ahead(key, client, SmtpFact.Kind.DISCONNECTED);
    }

    /** How many lines about the client's session in this place, neither connect nor disconnect, are still to come. */
    int others(SessionKey key, String client) {
        return ahead(key, client, OTHER);
    }

    private int ahead(SessionKey key, String client, SmtpFact.Kind group) {
        if (isEmpty()) {
            return 0;
        }
        int found = waiting == 0 && connects == null ? found(key, client, group) : NOT_FOUND_OUT;
        return found == NOT_FOUND_OUT ? counted().countsOf(group).getOrDefault(step(key, client), 0) : found;
    }

    /** As {@link #counted} would tell, by looking at the lines of one slot; {@link #NOT_FOUND_OUT} where they are many. */
    private int found(SessionKey key, String client, SmtpFact.Kind group) {
        if (firsts == null) {
            fill();
        }
        int slot = slot(key, group);
        while (firsts[slot] > 0 && firsts[slot] <= next) {
            firsts[slot] = following[firsts[slot] - 1];
        }
        int found = 0;
        int walked = 0;
        for (int place = firsts[slot]; place > 0; place = following[place - 1]) {
            if (++walked > MAX_WALK) {
                return NOT_FOUND_OUT;
            }
            found += isOf(lines.get(place - 1).statement(), key, client, group) ? 1 : 0;
        }
        return found;
    }

    private void fill() {
        firsts = new int[SLOTS];
        following = new int[lines.size()];
        for (int i = lines.size() - 1; i >= next; i--) {
            Statement statement = lines.get(i).statement();
            if (statement.fact() instanceof InSession fact) {
                int slot = slot(SessionKey.of(statement), groupOf(fact.kind()));
                following[i] = firsts[slot];
                firsts[slot] = i + 1;
            }
        }
    }

    private static boolean isOf(Statement statement, SessionKey key, String client, SmtpFact.Kind group) {
        InSession fact = (InSession) statement.fact();
        Address about = fact.session().client();
        return groupOf(fact.kind()) == group
                && step(SessionKey.of(statement), client).equals(step(key, client))
                && (client == null || (about != null && about.toString().equals(client)));
    }

    private static int slot(SessionKey key, SmtpFact.Kind group) {
        return (31 * key.session().hashCode() + numberOf(group)) & (SLOTS - 1);
    }

    private static int numberOf(SmtpFact.Kind group) {
        return switch (group) {
            case CONNECTED -> 0;
            case DISCONNECTED -> 1;
            default -> 2;
        };
    }

    private static SmtpFact.Kind groupOf(SmtpFact.Kind kind) {
        return switch (kind) {
            case CONNECTED, DISCONNECTED -> kind;
            default -> OTHER;
        };
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
