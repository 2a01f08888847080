package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;
import org.slash64.topology.correlate.LineBuffer.Held;

/** What is ahead is the same whether it is looked up or counted. */
class AheadTest {

    private static final Instant TIME = Instant.parse("2026-11-16T08:00:00Z");

    private final SplittableRandom random = new SplittableRandom(5);

    private static Held held(int kind, int pid, Address client, int number) {
        Session session = new Session("smtpd", null, client, null);
        SmtpFact fact = switch (kind) {
            case 0 -> new Connected(session);
            case 1 -> new Disconnected(session, Map.of(), Map.of(), null);
            default -> new ConnectionLost(session, "DATA", Loss.LOST);
        };
        LogLine line = new LogLine(TIME, "mx1", "postfix/smtpd", pid, "");
        return Held.line(TIME, number, 0, new Statement(null, line, fact, new byte[0], Arrival.at(TIME)));
    }

    private List<Held> lines(int count, int processes) {
        List<Held> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Address client = random.nextInt(4) == 0 ? null : Address.ofV4(random.nextInt(3));
            lines.add(held(random.nextInt(3), random.nextInt(processes), client, i));
        }
        return lines;
    }

    /** What stands in the list behind a place, and what was put off. */
    private static int expected(List<Held> rest, int kind, int pid, String client) {
        return (int) rest.stream()
                .map(Held::statement)
                .filter(statement -> statement.line().pid() == pid)
                .filter(statement -> kindOf(statement.fact()) == kind)
                .map(statement ->
                        ((SmtpFact.InSession) statement.fact()).session().client())
                .filter(about ->
                        client == null || (about != null && about.toString().equals(client)))
                .count();
    }

    private static int kindOf(SmtpFact fact) {
        return switch (fact.kind()) {
            case CONNECTED -> 0;
            case DISCONNECTED -> 1;
            default -> 2;
        };
    }

    private static int asked(Ahead ahead, int kind, int pid, String client) {
        SessionKey key = new SessionKey("mx1", "smtpd", Integer.toString(pid), false);
        return switch (kind) {
            case 0 -> ahead.connects(key, client);
            case 1 -> ahead.disconnects(key, client);
            default -> ahead.others(key, client);
        };
    }

    private void check(int count, int processes, boolean puttingOff) {
        List<Held> lines = lines(count, processes);
        List<Held> putOff = new ArrayList<>();
        Ahead ahead = new Ahead(lines);
        for (int i = 0; i < count; i++) {
            ahead.next();
            if (puttingOff && random.nextInt(10) == 0) {
                ahead.putOff(lines.get(i));
                putOff.add(lines.get(i));
            } else if (!putOff.isEmpty() && random.nextInt(10) == 0) {
                ahead.taken(putOff.remove(0));
            }
            List<Held> rest = new ArrayList<>(lines.subList(i + 1, count));
            rest.addAll(putOff);
            int kind = random.nextInt(3);
            int pid = random.nextInt(processes);
            String client = random.nextInt(3) == 0 ? null : "0.0.0." + random.nextInt(3);
            assertThat(asked(ahead, kind, pid, client)).isEqualTo(expected(rest, kind, pid, client));
        }
    }

    @Test
    void ahead_ofManySessions_isWhatStandsBehind() {
        check(400, 100, false);
        check(400, 1_000, false);
    }

    @Test
    void ahead_ofFewSessions_isWhatStandsBehind() {
        check(400, 1, false);
        check(400, 4, false);
    }

    @Test
    void ahead_withLinesPutOff_countsThem() {
        check(400, 4, true);
        check(400, 100, true);
    }
}
