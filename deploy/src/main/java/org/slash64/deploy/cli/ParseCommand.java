package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slash64.connectors.file.LineReader;
import org.slash64.connectors.file.RawLine;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.MtaParser;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.postfix.PostfixParser;
import org.slash64.deploy.report.EventJson;
import org.slash64.deploy.report.ParseReport;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.Correlator;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.MemoryCorrelationState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 parse}: log lines to events, without Kafka. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Turns log lines into events, to try a log before shipping it. Sessions that are open at the end"
                + " of the log give no CONNECTION.")
public final class ParseCommand implements Callable<Integer> {

    /** Whose log it is. */
    enum Mta {
        AUTO,
        POSTFIX
    }

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", description = "The log; - for standard input.")
    private String file;

    @Option(names = "--mta", description = "Whose log it is: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Mta mta = Mta.AUTO;

    @Option(names = "--json", description = "One event a line on standard output.")
    private boolean json;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Zone of log stamps that name none. Default: this system's.")
    private ZoneId timeZone = ZoneId.systemDefault();

    @Override
    public Integer call() throws IOException {
        CorrelatorStatistics statistics = new CorrelatorStatistics();
        try (ReadableByteChannel in = open()) {
            parse(new LineReader((buffer, offset) -> in.read(buffer), 0), statistics);
        }
        PrintWriter summary =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        new ParseReport(statistics).print(summary);
        summary.flush();
        return 0;
    }

    private ReadableByteChannel open() throws IOException {
        if (file.equals("-")) {
            return Channels.newChannel(System.in);
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new IOException("cannot read the log file " + path);
        }
        return Files.newByteChannel(path);
    }

    private void parse(LineReader lines, CorrelatorStatistics statistics) throws IOException {
        LogToEvents logToEvents = new LogToEvents(
                new SyslogParser(timeZone),
                parser(),
                new Correlator(CorrelatorSettings.defaults(), new MemoryCorrelationState(), statistics),
                statistics);
        EventJson events = new EventJson(command.commandLine().getOut());
        Instant arrival = Instant.now();
        Optional<RawLine> line = next(lines);
        while (line.isPresent()) {
            if (line.get().sha256().isPresent()) {
                statistics.unreadable(tooLong(line.get()));
            } else {
                logToEvents.accept(line.get().bytes(), arrival, event -> show(events, event));
            }
            line = next(lines);
        }
        command.commandLine().getOut().flush();
    }

    private MtaParser parser() {
        return switch (mta) {
            case AUTO, POSTFIX -> new PostfixParser();
        };
    }

    private static Optional<RawLine> next(LineReader lines) throws IOException {
        Optional<RawLine> line = lines.next();
        return line.isPresent() ? line : lines.rest();
    }

    private static LineError tooLong(RawLine line) {
        return new LineError(LineError.Reason.TOO_LONG, "the line has " + line.length() + " bytes");
    }

    private void show(EventJson events, SmtpEvent event) {
        if (json) {
            events.write(event);
        }
    }
}
