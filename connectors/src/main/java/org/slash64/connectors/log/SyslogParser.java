package org.slash64.connectors.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.slash64.connectors.log.LineError.Reason;

/**
 * Splits raw log lines: RFC 3164, RFC 5424, and either with an ISO 8601 stamp, as syslog daemons write them to files,
 * with or without the leading priority. Keeps no state, takes time linear in the line, and never throws on input.
 */
public final class SyslogParser {

    /** The longest line that is read. RFC 5424 section 6.1 leaves the limit to the receiver. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    /** How far a line may be ahead of its arrival; later times are taken back to this. */
    public static final Duration MAX_AHEAD = Duration.ofMinutes(10);

    private static final int MAX_HOST = 255; // RFC 5424 section 6
    private static final int MAX_PROGRAM = 128;
    private static final int MAX_PRIORITY_DIGITS = 3; // RFC 5424 section 6.2.1
    private static final int MAX_PID_DIGITS = 18;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char REPLACEMENT = '\uFFFD';

    private final Stamp stamp;

    /**
     * A parser for logs whose stamps without an offset are in the given zone.
     *
     * @param zone the zone of the logging hosts
     */
    public SyslogParser(ZoneId zone) {
        this.stamp = new Stamp(zone.normalized());
    }

    /** Reads one line, without its line end or with it. Bytes that are not UTF-8 become replacement characters. */
    public ParsedLine parse(byte[] line, Instant arrival) {
        return line.length > MAX_LINE_BYTES
                ? tooLong(line.length)
                : parse(new String(line, StandardCharsets.UTF_8), arrival);
    }

    /** Reads one decoded line. */
    public ParsedLine parse(String line, Instant arrival) {
        if (line.length() > MAX_LINE_BYTES) {
            return tooLong(line.length());
        }
        Cursor in = new Cursor(line, endOfText(line));
        in.skip(BYTE_ORDER_MARK);
        skipPriority(in);
        boolean versioned = skipVersion(in);
        boolean iso = Stamp.startsIso(in);
        if (!iso && !Stamp.startsBsd(in)) {
            return noHeader(in);
        }
        Instant time = iso ? stamp.iso(in) : stamp.bsd(in, arrival);
        if (time == null || !in.skip(' ')) {
            return new LineError(Reason.BAD_TIMESTAMP, "the time stamp is no point in time");
        }
        return afterStamp(in, capped(time, arrival), iso, versioned);
    }

    private static LineError tooLong(int length) {
        return new LineError(
                Reason.TOO_LONG,
                "the line has " + length + " bytes, more than the " + MAX_LINE_BYTES + " that are read");
    }

    private static int endOfText(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

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
        }
    }

    private static boolean skipVersion(Cursor in) {
        if (in.peek(0) != '1' || in.peek(1) != ' ') {
            return false;
        }
        in.at += 2;
        return true;
    }

    private static Instant capped(Instant time, Instant arrival) {
        if (time.getEpochSecond() <= arrival.getEpochSecond()) {
            return time;
        }
        Instant latest = arrival.plus(MAX_AHEAD);
        return time.isAfter(latest) ? latest : time;
    }

    private static ParsedLine afterStamp(Cursor in, Instant time, boolean iso, boolean versioned) {
        in.skipBlanks();
        String host = in.token();
        if (host.isEmpty() || host.length() > MAX_HOST) {
            return noHeader(in);
        }
        in.skipBlanks();
        int start = in.at;
        if (iso) {
            LogLine line = structured(in, time, shortHost(host));
            if (line != null) {
                return line;
            }
            if (versioned) {
                return noHeader(in);
            }
            in.at = start;
        }
        return tagged(in, time, shortHost(host));
    }

    /** {@code program procid msgid structured-data message}: RFC 5424 section 6; null where it is something else. */
    private static LogLine structured(Cursor in, Instant time, String host) {
        String program = in.token();
        if (program.isEmpty() || program.endsWith(":") || program.endsWith("]") || !in.skip(' ')) {
            return null;
        }
        String process = in.token();
        boolean procid = process.equals("-") || isNumber(process);
        if (!procid || !in.skip(' ')) {
            return null;
        }
        boolean named = !in.token().isEmpty() && in.skip(' ');
        if (!named || !skipStructuredData(in)) {
            return null;
        }
        in.skipBlanks();
        in.skip(BYTE_ORDER_MARK);
        in.skipBlanks();
        return new LogLine(time, host, program, number(process), in.rest());
    }

    private static boolean skipStructuredData(Cursor in) {
        if (in.skip('-')) {
            return in.atEnd() || in.peek(0) == ' ';
        }
        boolean any = false;
        while (in.peek(0) == '[') {
            if (!skipElement(in)) {
                return false;
            }
            any = true;
        }
        return any;
    }

    /** One bracketed element; within quotes a backslash escapes (RFC 5424 section 6.3.3). */
    private static boolean skipElement(Cursor in) {
        boolean quoted = false;
        for (; !in.atEnd(); in.at++) {
            char c = in.peek(0);
            if (c == '\\' && quoted) {
                in.at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                in.at++;
                return true;
            }
        }
        return false;
    }

    /** {@code program[pid]: message}: RFC 3164 section 4.1.3. */
    private static LogLine tagged(Cursor in, Instant time, String host) {
        int start = in.at;
        while (!in.atEnd() && in.at - start <= MAX_PROGRAM && !endsTag(in.peek(0))) {
            in.at++;
        }
        String program = in.text.substring(start, in.at);
        if (program.isEmpty() || in.atEnd() || in.peek(0) == ' ' || !endsTag(in.peek(0))) {
            in.at = start;
            return new LogLine(time, host, "", LogLine.NO_PID, in.rest());
        }
        long pid = LogLine.NO_PID;
        if (in.skip('[')) {
            int close = in.text.indexOf(']', in.at);
            if (close >= 0 && close - in.at <= MAX_PID_DIGITS) {
                pid = number(in.text.substring(in.at, close));
                in.at = close + 1;
            }
        }
        in.skip(':');
        in.skipBlanks();
        return new LogLine(time, host, program, pid, in.rest());
    }

    private static boolean endsTag(char c) {
        return c == ':' || c == '[' || c == ' ';
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Cursor.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_PID_DIGITS;
    }

    private static long number(String text) {
        return isNumber(text) ? Long.parseLong(text) : LogLine.NO_PID;
    }

    /** The first label in lower case; an address has no labels and stays whole. */
    private static String shortHost(String host) {
        int dot = host.indexOf('.');
        boolean address = host.indexOf(':') >= 0 || (dot > 0 && isNumber(host.replace(".", "")));
        String label = address || dot <= 0 ? host : host.substring(0, dot);
        return label.toLowerCase(Locale.ROOT);
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
