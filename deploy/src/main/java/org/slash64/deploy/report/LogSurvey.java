package org.slash64.deploy.report;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.SmtpEvent;

/**
 * Takes stock of a log: who wrote it, which lines were not understood, what its events lack. Bounded in memory, whatever the
 * log.
 */
public final class LogSurvey {

    /** Lines of programs that are not read. */
    static final String OTHER_PROGRAMS = "other programs";

    /** Of servers and services; a log that names more is not a mail server's. */
    static final int MAX_SERVICES = 500;

    static final String MORE_SERVICES = "(more)";

    /** Of a line that is no text; enough to tell it from others. */
    private static final int MAX_RAW_BYTES = 1_000;

    private static final int MAX_PROGRAM = 60;

    /**
     * Who wrote lines.
     *
     * @param source the mail server or companion, or {@link #OTHER_PROGRAMS}
     * @param program as logged
     */
    record Service(String source, String program) implements Comparable<Service> {

        @Override
        public int compareTo(Service other) {
            int bySource = source.compareTo(other.source);
            return bySource == 0 ? program.compareTo(other.program) : bySource;
        }
    }

    private final LogParsers parsers;
    private final Map<Service, Long> services = new TreeMap<>();
    private final LineShapes shapes = new LineShapes();
    private final Map<String, FieldCounts> fields = new TreeMap<>();

    /** @param parsers those that read the log */
    public LogSurvey(LogParsers parsers) {
        this.parsers = parsers;
    }

    /** Takes in a line: its parts, and as it came. */
    public void line(ParsedLine parsed, byte[] raw) {
        if (parsed instanceof LogLine line) {
            Optional<LogParser> parser = parsers.writing(line.program());
            count(parser.map(LogParser::source).orElse(OTHER_PROGRAMS), line.program());
            parser.ifPresent(of -> statement(line, of.parse(line)));
        } else if (parsed instanceof LineError error && error.reason() != LineError.Reason.EMPTY) {
            int length = Math.min(raw.length, MAX_RAW_BYTES);
            shapes.add(words(error.reason()), SafeText.of(new String(raw, 0, length, StandardCharsets.UTF_8)));
        }
    }

    private void count(String source, String program) {
        String shown = SafeText.of(program.length() > MAX_PROGRAM ? program.substring(0, MAX_PROGRAM) : program);
        Service service = new Service(source, shown.isEmpty() ? "(none)" : shown);
        boolean room = services.size() < MAX_SERVICES || services.containsKey(service);
        services.merge(room ? service : new Service(OTHER_PROGRAMS, MORE_SERVICES), 1L, Long::sum);
    }

    private void statement(LogLine line, SmtpFact fact) {
        if (fact instanceof Malformed malformed) {
            unread(words(malformed.error().reason()), line);
        } else if (fact instanceof Ignored ignored && ignored.why() == Ignored.Why.UNKNOWN_STATEMENT) {
            unread(words(ignored.why()), line);
        }
    }

    private void unread(String why, LogLine line) {
        shapes.add(why, line.program() + ": " + SafeText.of(line.message()));
    }

    static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Takes in an event. */
    public void event(SmtpEvent event) {
        fields.computeIfAbsent(event.getMta(), mta -> new FieldCounts()).add(event);
    }

    Map<Service, Long> services() {
        return services;
    }

    LineShapes shapes() {
        return shapes;
    }

    /** By mail server. */
    Map<String, FieldCounts> fields() {
        return fields;
    }
}
