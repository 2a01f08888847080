package org.slash64.deploy.bench.ingest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A log as rsyslog writes it on a busy Debian mail server: the sessions of a hundred processes of Postfix, one among the
 * other, and as many lines of other programs.
 *
 * @param lines in it
 * @param bytes of the file
 * @param messages accepted
 * @param rejections of commands
 * @param connections of clients
 */
record SampleLog(long lines, long bytes, long messages, long rejections, long connections) {

    static final long SEED = 64;

    /** Sessions at a time. */
    static final int PROCESSES = 100;

    /** Mean of lines with the same stamp. */
    static final int LINES_PER_SECOND = 150;

    /** Writes one of at least so many bytes, beginning at the given time; all its sessions end. */
    static SampleLog write(Path file, long bytes, Instant start, ZoneId zone) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            return new Writing(out, start, zone).write(bytes);
        }
    }

    /** One being written. */
    private static final class Writing {

        private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);
        private static final int FIRST_PID = 20_000;

        private final OutputStream out;
        private final ZoneId zone;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final SampleSessions sessions = new SampleSessions(random);
        private final OtherPrograms others = new OtherPrograms(random);
        private final List<Deque<String>> processes = new ArrayList<>();
        private Instant time;
        private String header;
        private long lines;
        private long bytes;

        Writing(OutputStream out, Instant start, ZoneId zone) {
            this.out = out;
            this.zone = zone;
            this.time = start;
            this.header = header();
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(new ArrayDeque<>());
            }
        }

        SampleLog write(long wanted) throws IOException {
            while (bytes < wanted) {
                next(random.nextInt(PROCESSES), true);
            }
            for (int i = 0; i < PROCESSES; i++) {
                while (!processes.get(i).isEmpty()) {
                    next(i, false);
                }
            }
            return new SampleLog(lines, bytes, sessions.messages(), sessions.rejections(), sessions.connections());
        }

        private void next(int process, boolean begin) throws IOException {
            Deque<String> session = processes.get(process);
            if (session.isEmpty() && begin) {
                session.addAll(sessions.next(FIRST_PID + process));
            }
            put(session.removeFirst());
            put(others.next());
        }

        private void put(String text) throws IOException {
            if (random.nextInt(LINES_PER_SECOND) == 0) {
                time = time.plusSeconds(1);
                header = header();
            }
            byte[] line = (header + text + "\n").getBytes(StandardCharsets.ISO_8859_1);
            out.write(line);
            lines++;
            bytes += line.length;
        }

        private String header() {
            return STAMP.format(time.atZone(zone)) + " mx1 ";
        }
    }
}
