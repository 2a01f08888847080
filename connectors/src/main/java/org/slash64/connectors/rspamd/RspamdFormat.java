package org.slash64.connectors.rspamd;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.Cursor;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.Stamp;
import org.slash64.connectors.log.SyslogParser;

/**
 * rspamd's own log file: {@code 2026-11-16 08:00:01 #1234(rspamd_proxy) <tag>; task; …}, with a fraction of the second under
 * log_usec and the severity in brackets under log_severity.
 */
public final class RspamdFormat implements NativeFormat {

    private static final int MAX_PID_DIGITS = 9;

    private final Stamp stamp;

    /** @param zone the time zone of the host that writes the log */
    public RspamdFormat(ZoneId zone) {
        this.stamp = new Stamp(zone.normalized());
    }

    @Override
    public Optional<ParsedLine> parse(String line, Arrival arrival) {
        Cursor in = new Cursor(line, endOfText(line));
        boolean dated = Stamp.startsIso(in) && in.peek(10) == ' ';
        Instant time = dated ? stamp.iso(in) : null;
        if (time == null || !in.skip(' ')) {
            return Optional.empty();
        }
        if (in.peek(0) == '[') {
            in.token();
            in.skip(' ');
        }
        long pid = in.skip('#') ? pid(in) : -1;
        return pid < 0 || in.peek(0) != '('
                ? Optional.empty()
                : Optional.of(new LogLine(atMost(time, arrival), arrival.host(), RspamdParser.NAME, pid, in.rest()));
    }

    private static int endOfText(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private static long pid(Cursor in) {
        int digits = 0;
        while (digits < MAX_PID_DIGITS && Cursor.isDigit(in.peek(digits))) {
            digits++;
        }
        return digits == 0 ? -1 : in.digits(digits);
    }

    private static Instant atMost(Instant time, Arrival arrival) {
        Instant latest = arrival.time().plus(SyslogParser.MAX_AHEAD);
        return time.isAfter(latest) ? latest : time;
    }
}
