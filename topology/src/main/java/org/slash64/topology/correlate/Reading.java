package org.slash64.topology.correlate;

import java.time.ZoneId;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.shipper.ShippedLineParser;

/** From raw lines to what they say. Keeps no state. */
public final class Reading {

    private static final Ignored OTHER_PROGRAM = new Ignored(Why.OTHER_PROGRAM);

    private final ShippedLineParser lines;
    private final LogParsers parsers;

    /**
     * @param zone time zone of stamps that name none
     * @param parsers of the programs that are read
     */
    public Reading(ZoneId zone, LogParsers parsers) {
        this.lines = new ShippedLineParser(zone, LogParsers.nativeFormats(zone));
        this.parsers = parsers;
    }

    /** The line's parts. */
    public ParsedLine parts(byte[] raw, Arrival arrival) {
        return lines.parse(raw, arrival);
    }

    /** What the line says, an empty source where no parser is interested in its program. */
    Said said(LogLine line) {
        Optional<LogParser> parser = parsers.writing(line.program());
        return parser.isPresent() ? new Said(parser.get(), parser.get().parse(line)) : new Said(null, OTHER_PROGRAM);
    }

    /**
     * What a line says.
     *
     * @param parser that read it, null where none is interested in the program
     */
    record Said(LogParser parser, SmtpFact fact) {

        boolean isStatement() {
            return fact.kind() != SmtpFact.Kind.IGNORED && fact.kind() != SmtpFact.Kind.MALFORMED;
        }

        Optional<LineError> error() {
            return fact instanceof Malformed malformed ? Optional.of(malformed.error()) : Optional.empty();
        }
    }

    /** The statement that a line is; empty where it says nothing. */
    Optional<Statement> statement(byte[] raw, Arrival arrival) {
        if (!(parts(raw, arrival) instanceof LogLine line)) {
            return Optional.empty();
        }
        Said said = said(line);
        return said.isStatement()
                ? Optional.of(new Statement(said.parser(), line, said.fact(), raw, arrival))
                : Optional.empty();
    }
}
