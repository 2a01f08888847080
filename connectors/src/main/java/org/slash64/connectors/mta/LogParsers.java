package org.slash64.connectors.mta;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slash64.connectors.amavis.AmavisParser;
import org.slash64.connectors.exim.EximMainLog;
import org.slash64.connectors.exim.EximParser;
import org.slash64.connectors.haraka.HarakaFormat;
import org.slash64.connectors.haraka.HarakaParser;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.observed.ObservedParser;
import org.slash64.connectors.observed.Seal;
import org.slash64.connectors.opendkim.OpenDkimParser;
import org.slash64.connectors.opendmarc.OpenDmarcParser;
import org.slash64.connectors.opensmtpd.OpenSmtpdParser;
import org.slash64.connectors.postfix.PostfixParser;
import org.slash64.connectors.rspamd.RspamdFormat;
import org.slash64.connectors.rspamd.RspamdParser;
import org.slash64.connectors.sendmail.SendmailParser;
import org.slash64.connectors.spamassassin.SpamdParser;

/** The parsers of all programs whose logs are read, by the program that a line names. May be shared by threads. */
public final class LogParsers {

    /** Programs of a log are few; a log that names more of them is looked up anew each time. */
    private static final int MAX_REMEMBERED = 1_000;

    private static final List<LogParser> SERVERS = List.of(
            new PostfixParser(), new EximParser(), new SendmailParser(), new OpenSmtpdParser(), new HarakaParser());

    private static final List<LogParser> COMPANIONS = List.of(
            new RspamdParser(), new OpenDkimParser(), new OpenDmarcParser(), new AmavisParser(), new SpamdParser());

    private final List<LogParser> parsers;
    private final Map<String, Optional<LogParser>> byProgram = new ConcurrentHashMap<>();

    private LogParsers(List<LogParser> parsers) {
        this.parsers = parsers;
    }

    /** Those of all programs. */
    public static LogParsers all() {
        return with(SERVERS.stream(), Optional.empty());
    }

    /**
     * Those of all programs.
     *
     * @param seal of the milters whose verdicts are taken over
     */
    public static LogParsers all(Seal seal) {
        return with(SERVERS.stream(), Optional.of(seal));
    }

    /**
     * One mail server's and those of the programs beside it that tell verdicts.
     *
     * @param source as in {@link LogParser#source()}
     */
    public static LogParsers of(String source) {
        return with(SERVERS.stream().filter(parser -> parser.source().equals(source)), Optional.empty());
    }

    private static LogParsers with(Stream<LogParser> servers, Optional<Seal> seal) {
        Stream<LogParser> companions = Stream.concat(COMPANIONS.stream(), Stream.of(new ObservedParser(seal)));
        return new LogParsers(Stream.concat(servers, companions).toList());
    }

    /** All that {@link #of} knows, in alphabetical order. */
    public static List<String> sources() {
        return SERVERS.stream().map(LogParser::source).distinct().sorted().toList();
    }

    /**
     * The formats of log files without a syslog header.
     *
     * @param zone time zone of stamps that name none
     */
    public static List<NativeFormat> nativeFormats(ZoneId zone) {
        return List.of(new RspamdFormat(zone), new HarakaFormat(), new EximMainLog(zone));
    }

    /** The parser of the lines of a program; empty where none is interested in them. */
    public Optional<LogParser> writing(String program) {
        Optional<LogParser> known = byProgram.get(program);
        if (known == null) {
            known = parsers.stream().filter(parser -> parser.writes(program)).findFirst();
            if (byProgram.size() < MAX_REMEMBERED) {
                byProgram.put(program, known);
            }
        }
        return known;
    }
}
