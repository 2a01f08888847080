package org.slash64.topology.correlate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.observed.Seal;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.SmtpEvent;

/** Feeds lines written as {@code 08:00:01.5 smtpd[10] connect from …} to correlation and collects the events. */
final class Feed {

    static final Instant ARRIVAL = Instant.parse("2026-11-30T00:00:00Z");

    /** Of the milters whose verdicts are believed. */
    static final Seal SEAL = new Seal(new byte[] {1, 2, 3});

    /** How the lines are framed; the day is 16 November 2026. */
    enum Format {
        RFC_3164,
        RFC_5424,
        ISO
    }

    final List<SmtpEvent> events = new ArrayList<>();
    final List<LineError> errors = new ArrayList<>();
    final CorrelatorStatistics statistics = new CorrelatorStatistics();
    private final LogToEvents pipeline;
    private final Format format;

    Feed(CorrelationState state, CorrelatorSettings settings, Format format) {
        Reading reading = new Reading(ZoneOffset.UTC, LogParsers.all(SEAL));
        this.pipeline = new LogToEvents(reading, settings, state, new MemoryLineBuffer(), statistics);
        this.format = format;
    }

    Feed() {
        this(new MemoryCorrelationState(), CorrelatorSettings.defaults(), Format.ISO);
    }

    Feed(CorrelationState state) {
        this(state, CorrelatorSettings.defaults(), Format.ISO);
    }

    Feed(CorrelatorSettings settings) {
        this(new MemoryCorrelationState(), settings, Format.ISO);
    }

    Feed lines(String text) {
        return lines(text.lines().filter(line -> !line.isBlank()).toList());
    }

    Feed lines(List<String> lines) {
        lines.forEach(this::line);
        return settled();
    }

    void line(String line) {
        raw(framed(line.strip(), format));
    }

    /** All lines so far are worked on, as at the end of a log. */
    Feed settled() {
        pipeline.finish(events::add);
        return this;
    }

    Feed raw(String line) {
        pipeline.accept(line.getBytes(StandardCharsets.UTF_8), Arrival.at(ARRIVAL), events::add)
                .ifPresent(errors::add);
        return this;
    }

    static String framed(String line, Format format) {
        int blank = line.indexOf(' ');
        String stamp = line.substring(0, blank);
        int open = line.indexOf('[', blank);
        int close = line.indexOf(']', open);
        String program = "postfix/" + line.substring(blank + 1, open);
        String pid = line.substring(open + 1, close);
        String message = line.substring(close + 2);
        return switch (format) {
            case RFC_3164 -> "Nov 16 " + stamp.substring(0, 8) + " mx1 " + program + "[" + pid + "]: " + message;
            case RFC_5424 ->
                "<22>1 2026-11-16T" + stamp + "Z mx1.example.net " + program + " " + pid + " - - " + message;
            case ISO -> "2026-11-16T" + stamp + "+00:00 MX1 " + program + "[" + pid + "]: " + message;
        };
    }

    Stream<SmtpEvent> of(EventKind kind) {
        return events.stream().filter(event -> event.getKind() == kind);
    }

    SmtpEvent only(EventKind kind) {
        List<SmtpEvent> found = of(kind).toList();
        if (found.size() != 1) {
            throw new AssertionError("not one " + kind + " but " + found);
        }
        return found.get(0);
    }

    List<String> ids() {
        return events.stream().map(SmtpEvent::getId).toList();
    }

    long incidents(CorrelatorStatistics.Incident incident) {
        return statistics.incidents().get(incident);
    }
}
