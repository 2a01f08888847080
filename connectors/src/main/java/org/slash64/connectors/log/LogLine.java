package org.slash64.connectors.log;

import java.time.Instant;

/**
 * One log line without its framing.
 *
 * @param time when the line was logged, UTC, with whatever fraction of a second the log has
 * @param host the logging host: its first label in lower case, or its address where the log names it by one
 * @param program the program as logged, such as {@code postfix/submission/smtpd}; empty where there was none
 * @param pid the process id, {@link #NO_PID} where there was none
 * @param message the rest of the line
 */
public record LogLine(Instant time, String host, String program, long pid, String message) implements ParsedLine {

    /** Stands for a process id that was not logged. */
    public static final long NO_PID = -1;
}
