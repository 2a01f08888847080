package org.slash64.deploy.it;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.slash64.deploy.cli.DemoCommand;

/**
 * The program's sample log, moved by whole days so that it ends yesterday: then its stamps are in the past whatever the
 * clock says, and those without a year mean the same year.
 */
record MailLog(List<String> lines) {

    /** Stamps with microseconds, as rsyslog writes them. */
    static final DateTimeFormatter RFC5424 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private static final DateTimeFormatter BSD = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    MailLog {
        lines = List.copyOf(lines);
    }

    static MailLog sample() throws IOException {
        try (InputStream in = DemoCommand.class.getResourceAsStream("/demo/mail.log")) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            LocalDate last = stamp(lines.get(lines.size() - 1)).toLocalDate();
            LocalDate yesterday =
                    LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).minusDays(1);
            long days = ChronoUnit.DAYS.between(last, yesterday);
            return new MailLog(lines.stream()
                    .map(line -> stamp(line).plusDays(days) + afterStamp(line))
                    .toList());
        }
    }

    private static OffsetDateTime stamp(String line) {
        return OffsetDateTime.parse(line.substring(0, line.indexOf(' ')));
    }

    private static String afterStamp(String line) {
        return line.substring(line.indexOf(' '));
    }

    /** The same lines with RFC 3164 stamps: no year, no zone, whole seconds. */
    MailLog asRfc3164() {
        return new MailLog(lines.stream()
                .map(line -> BSD.format(stamp(line)) + afterStamp(line))
                .toList());
    }

    /** The time of each line. */
    List<Instant> times() {
        return lines.stream().map(line -> stamp(line).toInstant()).toList();
    }

    /** Lines from one up to before another. */
    MailLog part(int from, int to) {
        return new MailLog(lines.subList(from, to));
    }

    /** The first place in the second half where a message is under way, and so its session too. */
    int middleOfSession() {
        int at = lines.size() / 2;
        while (!lines.get(at - 1).contains(": client=")) {
            at++;
        }
        return at;
    }

    int size() {
        return lines.size();
    }

    byte[] bytes() {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }
}
