package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.shipper.ShippedLineParser;

/**
 * Puts rotated logs in the order of their lines: by the time of the first line that has one, since copying changes the
 * times of files but not of lines. A file without such a line goes by its time of modification; among equals the higher
 * number of rotation is older.
 */
public final class LogOrder {

    /** A header or garbage at the start of a log may be this long. */
    private static final int MAX_LINES = 100;

    private record Dated(Path path, Instant time, long rotation) {}

    private final ShippedLineParser parser;
    private final Clock clock;

    public LogOrder(ShippedLineParser parser, Clock clock) {
        this.parser = parser;
        this.clock = clock;
    }

    /** The files, the oldest first; those that are gone meanwhile are left out. */
    public List<Path> sorted(List<Path> files) throws IOException {
        if (files.size() < 2) {
            return files;
        }
        List<Dated> dated = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                dated.add(new Dated(file, time(file), rotation(file)));
            }
        }
        return dated.stream()
                .sorted(Comparator.comparing(Dated::time)
                        .thenComparing(Comparator.comparing(Dated::rotation).reversed())
                        .thenComparing(Dated::path))
                .map(Dated::path)
                .toList();
    }

    private Instant time(Path file) throws IOException {
        try (LogContent content = LogContent.open(file)) {
            LineReader lines = new LineReader(content, 0);
            Arrival arrival = Arrival.at(clock.instant());
            for (int i = 0; i < MAX_LINES; i++) {
                Optional<RawLine> line = lines.next().or(lines::rest);
                if (line.isEmpty()) {
                    break;
                }
                if (parser.parse(line.get().bytes(), arrival) instanceof LogLine dated) {
                    return dated.time();
                }
            }
        } catch (CutOffException e) {
            return Files.getLastModifiedTime(file).toInstant(); // whoever reads it will tell
        }
        return Files.getLastModifiedTime(file).toInstant();
    }

    /** {@code mail.log.2.gz} is 2, {@code mail.log} is 0. */
    private static long rotation(Path file) {
        String name = file.getFileName().toString();
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
        String number = plain.substring(plain.lastIndexOf('.') + 1);
        boolean counts =
                !number.isEmpty() && number.length() <= 9 && number.chars().allMatch(c -> c >= '0' && c <= '9');
        return counts ? Long.parseLong(number) : 0;
    }
}
