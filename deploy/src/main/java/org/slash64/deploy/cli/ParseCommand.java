package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slash64.connectors.file.LineReader;
import org.slash64.connectors.file.LogContent;
import org.slash64.connectors.file.LogFiles;
import org.slash64.connectors.file.LogOrder;
import org.slash64.connectors.file.RawLine;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.connectors.shipper.ShippedLineParser;
import org.slash64.deploy.report.EventJson;
import org.slash64.deploy.report.LogSurvey;
import org.slash64.deploy.report.ParseReport;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 parse}: log lines to events, without Kafka. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Turns log lines into events, to try a log before shipping it. Sessions that are open at the end"
                + " of the log give no CONNECTION.")
public final class ParseCommand implements Callable<Integer> {

    private static final String AUTO = "auto";

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = LogOptions.FILES)
    private List<Path> files = List.of();

    @Option(
            names = "--mta",
            paramLabel = "NAME",
            description = "Whose log it is: auto reads what any known program wrote, or one of the names that --report"
                    + " tells, such as postfix. Default: auto.")
    private String mta = AUTO;

    @Option(names = "--json", description = "One event a line on standard output; with --report the report.")
    private boolean json;

    @Option(
            names = "--report",
            description = "What the log has and lacks: lines by server and service, fields that events have, lines that"
                    + " were not understood, and what to switch on in the mail server to get more.")
    private boolean report;

    @Option(
            names = "--time-zone",
            paramLabel = "ZONE",
            description = "Zone of log stamps that name none. Default: this system's.")
    private ZoneId timeZone = ZoneId.systemDefault();

    @Option(names = "--log-host", paramLabel = "NAME", description = LogOptions.HOST)
    private String logHost;

    private final CorrelatorStatistics statistics = new CorrelatorStatistics();

    @Override
    public Integer call() throws IOException {
        LogParsers parsers = parsers();
        Optional<LogSurvey> survey = report ? Optional.of(new LogSurvey(parsers)) : Optional.empty();
        new Run(parsers, survey).readAll();
        show(survey);
        return 0;
    }

    private LogParsers parsers() {
        if (mta.equals(AUTO)) {
            return LogParsers.all();
        }
        if (!LogParsers.sources().contains(mta)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--mta: \"" + mta + "\" is none of auto, " + String.join(", ", LogParsers.sources()));
        }
        return LogParsers.of(mta);
    }

    private void show(Optional<LogSurvey> survey) {
        PrintWriter out = command.commandLine().getOut();
        ParseReport summary = new ParseReport(statistics);
        if (survey.isEmpty()) {
            PrintWriter beside = json ? command.commandLine().getErr() : out;
            summary.print(beside);
            beside.flush();
        } else if (json) {
            out.println(summary.toJson(survey.get()));
        } else {
            summary.print(out, survey.get());
        }
        out.flush();
    }

    /** One run over all logs. */
    private final class Run {

        private final Optional<LogSurvey> survey;
        private final Reading reading;
        private final LogToEvents logToEvents;
        private final Consumer<SmtpEvent> events;
        private final Arrival arrival = new Arrival(Instant.now(), LogOptions.host(Optional.ofNullable(logHost)));

        Run(LogParsers parsers, Optional<LogSurvey> survey) {
            this.survey = survey;
            this.reading = new Reading(timeZone, parsers);
            this.logToEvents = LogToEvents.inMemory(reading, CorrelatorSettings.defaults(), statistics);
            this.events = receiver();
        }

        private Consumer<SmtpEvent> receiver() {
            if (survey.isPresent()) {
                return survey.get()::event;
            }
            return json ? new EventJson(command.commandLine().getOut())::write : event -> {};
        }

        void readAll() throws IOException {
            LogFiles logs = LogFiles.of(files);
            ShippedLineParser stamps = new ShippedLineParser(timeZone, LogParsers.nativeFormats(timeZone));
            for (Path path : new LogOrder(stamps, Clock.systemUTC()).sorted(logs.require())) {
                try (LogContent content = LogContent.open(path)) {
                    read(new LineReader(content, 0));
                }
            }
            if (logs.standardInput()) {
                readInput(System.in);
            }
            logToEvents.finish(events);
        }

        private void readInput(InputStream in) throws IOException {
            try (ReadableByteChannel channel = Channels.newChannel(in)) {
                read(new LineReader((buffer, offset) -> channel.read(buffer), 0));
            }
        }

        private void read(LineReader lines) throws IOException {
            Optional<RawLine> line = lines.next();
            while (line.isPresent()) {
                take(line.get());
                line = lines.next();
            }
            lines.rest().ifPresent(this::take);
        }

        private void take(RawLine line) {
            if (line.sha256().isPresent()) {
                LineError error = new LineError(LineError.Reason.TOO_LONG, "the line has " + line.length() + " bytes");
                statistics.unreadable(error);
                survey.ifPresent(of -> of.line(error, line.bytes()));
                return;
            }
            ParsedLine parsed = reading.parts(line.bytes(), arrival);
            survey.ifPresent(of -> of.line(parsed, line.bytes()));
            logToEvents.accept(parsed, line.bytes(), arrival, events);
        }
    }
}
