package org.slash64.connectors.exim;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.Cursor;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.NativeFormat;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.Stamp;
import org.slash64.connectors.log.SyslogParser;

/**
 * Exim's main and reject log: {@code 2026-11-16 08:00:01.123 +0100 [123] 1rPxyz-0006JK-G9 <= …}, with fraction, offset, process
 * id and queue id where they are switched on. Syslog lines may begin with the same stamp; they go on with a host and a
 * program, where Exim goes on with one of these or with one of its statements.
 */
public final class EximMainLog implements NativeFormat {

    private static final String[] STATEMENTS = {
        "H=",
        " DSH=",
        " DS H=",
        "U=",
        "F=",
        "SMTP ",
        "no MAIL in ",
        "no host name ",
        "no IP address ",
        "rejected ",
        "temporarily rejected ",
        "unexpected ",
        "unqualified ",
        "too many ",
        "Connection from ",
        "refused connection ",
        "TLS ",
        "Start queue ",
        "End queue ",
        "exim ",
        "cwd=",
        "Warning: ",
        "daemon: ",
        "host name alias ",
        "ACL ",
        "ignoring AUTH=",
        "DKIM: ",
        "LOG: ",
        "Failed ",
        "failed ",
        "["
    };
    private static final String AUTHENTICATOR = " authenticator failed ";

    private final Stamp stamp;

    /** @param zone of stamps that name none */
    public EximMainLog(ZoneId zone) {
        this.stamp = new Stamp(zone.normalized());
    }

    @Override
    public Optional<ParsedLine> parse(String line, Arrival arrival) {
        int start = Prefix.stampEnd(line);
        int end = start == 0 ? 0 : Prefix.pidEnd(line, start);
        boolean exim = start > 0 && (end > start || QueueId.length(line, end) > 0 || isStatement(line, end));
        if (!exim) {
            return Optional.empty();
        }
        Instant time = time(line, start);
        if (time == null) {
            return Optional.of(new LineError(Reason.BAD_TIMESTAMP, "the time stamp is no point in time"));
        }
        Instant latest = arrival.time().plus(SyslogParser.MAX_AHEAD);
        Instant capped = time.isAfter(latest) ? latest : time;
        String text = line.substring(end, textEnd(line));
        return Optional.of(new LogLine(capped, arrival.host(), EximParser.NAME, Prefix.pid(line, start, end), text));
    }

    private static boolean isStatement(String line, int at) {
        int word = Text.wordEnd(line, at);
        int second = Math.min(line.length(), word + 1);
        int secondEnd = Text.wordEnd(line, second);
        boolean tag = secondEnd > second && line.charAt(secondEnd - 1) == ':' && isName(line, second);
        return line.startsWith(AUTHENTICATOR, word) || (!tag && Text.after(line, at, STATEMENTS) >= 0);
    }

    /** A syslog tag begins with a letter, an address in brackets does not. */
    private static boolean isName(String line, int at) {
        return Character.isLetter(line.charAt(at));
    }

    /** Exim separates an offset by a blank, so it is read apart. */
    private Instant time(String line, int end) {
        int offset = line.lastIndexOf(' ', end - 2);
        boolean named = line.startsWith("+", offset + 1) || line.startsWith("-", offset + 1);
        String text =
                named ? line.substring(0, offset) + line.substring(offset + 1, end - 1) : line.substring(0, end - 1);
        return stamp.iso(new Cursor(text, text.length()));
    }

    private static int textEnd(String line) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
            end--;
        }
        return end;
    }
}
