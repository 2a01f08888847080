package org.slash64.deploy.bench.soak;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.slash64.deploy.bench.ingest.OtherPrograms;
import org.slash64.deploy.bench.ingest.SampleSessions;

/** What one mail server logs, as rsyslog writes it, by a clock that may be wrong. One thread. */
final class HostLog {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);
    private static final int PROCESSES = 20;
    private static final int FIRST_PID = 20_000;

    /** One line of so many is of another program. */
    private static final int OTHERS = 4;

    private final String name;
    private final SplittableRandom random;
    private final SampleSessions sessions;
    private final OtherPrograms others;
    private final List<Deque<String>> processes = new ArrayList<>();
    private Duration wrong = Duration.ZERO;

    HostLog(String name, SampleSessions sessions, SplittableRandom random) {
        this.name = name;
        this.sessions = sessions;
        this.random = random;
        this.others = new OtherPrograms(random);
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ArrayDeque<>());
        }
    }

    /** The host. */
    String name() {
        return name;
    }

    /** From now on its clock is wrong by so much. */
    void step(Duration by) {
        wrong = by;
    }

    /** The next line, without its end. */
    byte[] next(Instant now) {
        if (random.nextInt(OTHERS) == 0) {
            return line(now, others.next());
        }
        int process = random.nextInt(PROCESSES);
        Deque<String> session = processes.get(process);
        if (session.isEmpty()) {
            session.addAll(sessions.next(FIRST_PID + process));
        }
        return line(now, session.removeFirst());
    }

    /** What is left to say of the sessions that have begun. */
    List<byte[]> rest(Instant now) {
        List<byte[]> rest = new ArrayList<>();
        for (Deque<String> session : processes) {
            session.forEach(text -> rest.add(line(now, text)));
            session.clear();
        }
        return rest;
    }

    /** A line with this host's stamp. */
    byte[] line(Instant now, String text) {
        String stamp = now.plus(wrong).atOffset(ZoneOffset.UTC).format(STAMP);
        return (stamp + " " + name + " " + text).getBytes(StandardCharsets.UTF_8);
    }
}
