package org.slash64.connectors.exim;

import org.slash64.connectors.log.Cursor;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.Stamp;

/** What stands before a statement: in syslog perhaps the time once more, with {@code +pid} the process id. */
final class Prefix {

    private static final int MAX_PID_DIGITS = 18;
    private static final int ZONE = 6; // " +0100"

    private Prefix() {}

    /** Behind a time stamp that stands at the start; 0 where there is none. */
    static int stampEnd(String text) {
        Cursor in = new Cursor(text, text.length());
        if (!Stamp.startsIso(in)) {
            return 0;
        }
        boolean stamp = in.digits(4) >= 0
                && in.skip('-')
                && in.digits(2) >= 0
                && in.skip('-')
                && in.digits(2) >= 0
                && in.skip(' ')
                && in.digits(2) >= 0
                && in.skip(':')
                && in.digits(2) >= 0
                && in.skip(':')
                && in.digits(2) >= 0;
        return stamp ? fractionAndZone(text, in.at()) : 0;
    }

    /** {@code .123}, of log_selector millisec, and {@code +0100}, of log_timezone. */
    private static int fractionAndZone(String text, int start) {
        int at = text.startsWith(".", start) ? Text.digitsEnd(text, start + 1) : start;
        boolean zone =
                (text.startsWith(" +", at) || text.startsWith(" -", at)) && Text.digitsEnd(text, at + 2) == at + ZONE;
        at = zone ? at + ZONE : at;
        return text.startsWith(" ", at) ? at + 1 : 0;
    }

    /** Behind {@code [123] } at the place; the place itself where there is none. */
    static int pidEnd(String text, int at) {
        int digits = text.startsWith("[", at) ? Text.digitsEnd(text, at + 1) : 0;
        boolean pid = digits > at + 1 && digits - at - 1 <= MAX_PID_DIGITS && text.startsWith("] ", digits);
        return pid ? digits + 2 : at;
    }

    /** The number between the places that {@link #pidEnd} told. */
    static long pid(String text, int at, int end) {
        return end == at ? LogLine.NO_PID : Long.parseLong(text, at + 1, end - 2, 10);
    }
}
