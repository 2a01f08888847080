package org.slash64.connectors.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.slash64.connectors.log.LineError.Reason;

/**
 * Splits raw log lines: RFC 3164, RFC 5424, and either with an ISO 8601 stamp, as syslog daemons write them to files,
 * with or without the leading priority, and with what BSD, Solaris and AIX add. Keeps no state, takes time linear in the
 * line, and never throws on input.
 */
public final class SyslogParser {

    /** The longest line that is read. RFC 5424 section 6.1 leaves the limit to the receiver. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    /** How far a line may be ahead of its arrival; later times are taken back to this. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(10);

    private static final int MAX_PRIORITY_DIGITS = 3; // RFC 5424 section 6.2.1
    private static final int DATE_CHARACTERS = 10;
    private static final int ZONE_CHARACTERS = 3;
    private static final int MAX_SOLARIS_ID = 40;
    private static final String AIX_FACILITY = "mail:";
    private static final Set<String> AIX_SEVERITIES =
            Set.of("emerg", "alert", "crit", "err", "warn", "warning", "notice", "info", "debug");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final Stamp stamp;
    private final Stamp universal = new Stamp(ZoneOffset.UTC);

    /**
     * A parser for logs whose stamps without an offset are in the given zone.
     *
     * @param zone the zone of the logging hosts
     */
    public SyslogParser(ZoneId zone) {
        this.stamp = new Stamp(zone.normalized());
    }

    /** Reads one line of a host that is not known, as {@link #parse(String, Arrival)} does. */
    public ParsedLine parse(byte[] line, Instant arrival) {
        return line.length > MAX_LINE_BYTES
                ? tooLong(line.length)
                : parse(new String(line, StandardCharsets.UTF_8), arrival);
    }

    /** Reads one decoded line of a host that is not known. */
    public ParsedLine parse(String line, Instant arrival) {
        return parse(line, Arrival.at(arrival));
    }

    /** Reads one decoded line, without its line end or with it. */
    public ParsedLine parse(String line, Arrival arrival) {
        if (line.length() > MAX_LINE_BYTES) {
            return tooLong(line.length());
        }
        ParsedLine parsed = header(new Cursor(line, endOfText(line)), arrival);
        return parsed instanceof LogLine split ? unwrapped(split, arrival) : parsed;
    }

    /**
     * A shipper that reads a file and hands it on as syslog puts a header of its own, with a tag but no process id or with
     * none, before the header that is in the file (rsyslog's imfile, syslog-ng's file source and Logstash's default do).
     * The inner one tells who logged when. It counts only if it is complete, with a process id: mail servers log one, and
     * what a program says in other words stays its words.
     */
    public ParsedLine unwrapped(LogLine line, Arrival arrival) {
        if (line.pid() != LogLine.NO_PID) {
            return line;
        }
        Cursor in = new Cursor(line.message(), endOfText(line.message()));
        if (line.program().isEmpty() && !startsHeader(in)) {
            in.token();
            in.skipBlanks();
        }
        return startsHeader(in)
                        && header(in, arrival) instanceof LogLine inner
                        && inner.pid() != LogLine.NO_PID
                        && !inner.program().isEmpty()
                ? inner
                : line;
    }

    /** With T in the stamp: Exim writes one with a blank before its own words. */
    private static boolean startsHeader(Cursor in) {
        return Stamp.startsBsd(in) || (Stamp.startsIso(in) && in.peek(DATE_CHARACTERS) == 'T');
    }

    /** For a line of so many bytes, which is not read. */
    public static LineError tooLong(int length) {
        return new LineError(
                Reason.TOO_LONG,
                "the line has " + length + " bytes, more than the " + MAX_LINE_BYTES + " that are read");
    }

    /** The time of a line as it is believed: at most {@link #MAX_AHEAD} after its arrival. */
    public static Instant believed(Instant time, Instant arrival) {
        if (time.getEpochSecond() <= arrival.getEpochSecond()) {
            return time;
        }
        Instant latest = arrival.plus(MAX_AHEAD);
        return time.isAfter(latest) ? latest : time;
    }

    private static int endOfText(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private ParsedLine header(Cursor in, Arrival arrival) {
        in.skip(BYTE_ORDER_MARK);
        skipPriority(in);
        boolean versioned = skipVersion(in);
        boolean iso = Stamp.startsIso(in);
        if (!iso && !Stamp.startsBsd(in)) {
            return noHeader(in);
        }
        Instant time = iso ? stamp.iso(in) : bsd(in, arrival.time());
        if (time == null || !in.skip(' ')) {
            return new LineError(Reason.BAD_TIMESTAMP, "the time stamp is no point in time");
        }
        return afterStamp(in, believed(time, arrival.time()), new Kind(iso, versioned), arrival.host());
    }

    /** What the header is known to be from its beginning. */
    private record Kind(boolean iso, boolean versioned) {}

    private static void skipPriority(Cursor in) {
        if (in.peek(0) != '<') {
            return;
        }
        int digits = 0;
        while (digits < MAX_PRIORITY_DIGITS && Cursor.isDigit(in.peek(1 + digits))) {
            digits++;
        }
        if (digits > 0 && in.peek(1 + digits) == '>') {
            in.at += digits + 2;
            in.skipBlanks();
        }
    }

    private static boolean skipVersion(Cursor in) {
        if (in.peek(0) != '1' || in.peek(1) != ' ') {
            return false;
        }
        in.at += 2;
        return true;
    }

    /** As of RFC 3164, with UTC behind it where a device is set to write the zone. */
    private Instant bsd(Cursor in, Instant arrival) {
        int start = in.at;
        Instant local = stamp.bsd(in, arrival);
        boolean named = in.peek(0) == ' ' && in.peek(1 + ZONE_CHARACTERS) == ' ' && isUniversal(in);
        if (local == null || !named) {
            return local;
        }
        in.at = start;
        Instant time = universal.bsd(in, arrival);
        in.at += 1 + ZONE_CHARACTERS;
        return time;
    }

    private static boolean isUniversal(Cursor in) {
        return in.text.startsWith("UTC", in.at + 1) || in.text.startsWith("GMT", in.at + 1);
    }

    private static ParsedLine afterStamp(Cursor in, Instant time, Kind kind, String unnamed) {
        in.skipBlanks();
        skipBsdPriority(in);
        String host = host(in, unnamed);
        if (host == null) {
            return noHeader(in);
        }
        in.skipBlanks();
        int start = in.at;
        if (kind.iso()) {
            SyslogTag writer = SyslogStructure.read(in, kind.versioned());
            if (writer != null) {
                return new LogLine(time, host, writer.program(), writer.pid(), in.rest());
            }
            if (kind.versioned()) {
                return noHeader(in);
            }
            in.at = start;
        }
        return tagged(in, time, host);
    }

    /** {@code <mail.info>}, which the syslogd of BSD writes when asked for it twice. */
    private static void skipBsdPriority(Cursor in) {
        int start = in.at;
        if (in.peek(0) == '<' && in.token().endsWith(">") && in.skip(' ')) {
            return;
        }
        in.at = start;
    }

    /** The host; as given where the line has the tag in its place, as on local sockets; null where it is no host. */
    private static String host(Cursor in, String unnamed) {
        int start = in.at;
        String token = in.token();
        if (token.isEmpty() || token.length() > SyslogHost.MAX_CHARACTERS) {
            return null;
        }
        if (isTag(token)) {
            in.at = start;
            return unnamed;
        }
        return SyslogHost.isNamed(token) ? SyslogHost.shortened(token) : unnamed;
    }

    /** A colon at the end that is the only one; an address may end in two. */
    private static boolean isTag(String token) {
        return token.endsWith("]:") || token.indexOf(':') == token.length() - 1;
    }

    private static LogLine tagged(Cursor in, Instant time, String host) {
        if (startsHeader(in)) {
            return new LogLine(time, host, "", LogLine.NO_PID, in.rest());
        }
        skipAixPriority(in);
        SyslogTag tag = SyslogTag.read(in);
        skipSolarisId(in);
        return new LogLine(time, host, tag.program(), tag.pid(), in.rest());
    }

    /** {@code mail:info}, which the syslogd of AIX writes before the tag. */
    private static void skipAixPriority(Cursor in) {
        if (!in.text.startsWith(AIX_FACILITY, in.at)) {
            return;
        }
        int start = in.at;
        in.at += AIX_FACILITY.length();
        if (AIX_SEVERITIES.contains(in.token())) {
            in.skipBlanks();
        } else {
            in.at = start;
        }
    }

    /** {@code [ID 197553 mail.info]}, which the syslogd of Solaris writes before the message. */
    private static void skipSolarisId(Cursor in) {
        if (!in.text.startsWith("[ID ", in.at)) {
            return;
        }
        int close = in.at;
        while (close - in.at < MAX_SOLARIS_ID && close < in.end && in.text.charAt(close) != ']') {
            close++;
        }
        if (close < in.end && in.text.charAt(close) == ']') {
            in.at = close + 1;
            in.skipBlanks();
        }
    }

    private static LineError noHeader(Cursor in) {
        boolean blank = true;
        for (int i = 0; i < in.end; i++) {
            char c = in.text.charAt(i);
            if ((c < ' ' && c != '\t') || c == REPLACEMENT) {
                return new LineError(Reason.BINARY, "the line is no text and has no syslog header");
            }
            blank &= c == ' ' || c == '\t';
        }
        return blank
                ? new LineError(Reason.EMPTY, "the line is blank")
                : new LineError(Reason.NO_SYSLOG_HEADER, "the line does not begin with a syslog header");
    }
}
