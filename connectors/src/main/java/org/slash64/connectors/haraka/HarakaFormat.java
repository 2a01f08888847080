package org.slash64.connectors.haraka;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.Cursor;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.Stamp;
import org.slash64.connectors.log.SyslogParser;

/**
 * What Haraka writes to its standard output: {@code [NOTICE] [UUID] [core] …} or {@code level=NOTICE uuid=… …}, under
 * log_timestamps with a time in UTC before it. Without one a line has the time of its arrival.
 */
public final class HarakaFormat implements NativeFormat {

    private final Stamp stamp = new Stamp(ZoneOffset.UTC);

    @Override
    public Optional<ParsedLine> parse(String line, Arrival arrival) {
        Cursor in = new Cursor(line, endOfText(line));
        boolean dated = Stamp.startsIso(in) && in.peek(10) == 'T';
        Instant time = dated ? stamp.iso(in) : arrival.time();
        boolean separated = !dated || in.skip(' ');
        return time == null || !separated || !Entry.begins(line, in.at())
                ? Optional.empty()
                : Optional.of(new LogLine(
                        atMost(time, arrival), arrival.host(), HarakaParser.NAME, LogLine.NO_PID, in.rest()));
    }

    private static int endOfText(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }

    private static Instant atMost(Instant time, Arrival arrival) {
        Instant latest = arrival.time().plus(SyslogParser.MAX_AHEAD);
        return time.isAfter(latest) ? latest : time;
    }
}
