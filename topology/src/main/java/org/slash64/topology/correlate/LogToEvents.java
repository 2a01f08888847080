package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.MtaParser;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.schemas.SmtpEvent;

/** From raw lines to events: header, statement, correlation. One thread at a time. */
public final class LogToEvents {

    private final SyslogParser syslog;
    private final MtaParser mta;
    private final Correlator correlator;
    private final CorrelatorStatistics statistics;

    public LogToEvents(SyslogParser syslog, MtaParser mta, Correlator correlator, CorrelatorStatistics statistics) {
        this.syslog = syslog;
        this.mta = mta;
        this.correlator = correlator;
        this.statistics = statistics;
    }

    /**
     * Takes in one line.
     *
     * @param line the raw line, with or without its line end
     * @param arrival when it arrived, which settles the year of stamps without one and bounds times ahead
     * @param events receives the events that are complete now, during the call
     * @return why the line could not be read although it should have been; empty for a line of another program
     */
    public Optional<LineError> accept(byte[] line, Instant arrival, Consumer<SmtpEvent> events) {
        return accept(syslog.parse(line, arrival), events);
    }

    /** The same for a line whose header was read before. */
    public Optional<LineError> accept(ParsedLine parsed, Consumer<SmtpEvent> events) {
        statistics.line();
        if (parsed instanceof LineError error) {
            statistics.error(error);
            return Optional.of(error);
        }
        LogLine line = (LogLine) parsed;
        SmtpFact fact = mta.parse(line);
        correlator.accept(mta.mta(), line, fact, events);
        return fact instanceof Malformed malformed ? Optional.of(malformed.error()) : Optional.empty();
    }
}
