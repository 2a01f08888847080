package org.slash64.connectors.log;

import java.time.Instant;
import java.util.Objects;

/**
 * What is known of a line besides its text.
 *
 * @param time when it arrived: settles the year of stamps without one, bounds times ahead, and is the time of lines
 *     without a stamp
 * @param host the logging host of lines that name none, as in {@link LogLine#host()}
 */
public record Arrival(Instant time, String host) {

    /** Stands for a host that nobody named. */
    public static final String UNNAMED_HOST = "localhost";

    public Arrival {
        Objects.requireNonNull(time);
        Objects.requireNonNull(host);
    }

    /** Nobody named the host. */
    public static Arrival at(Instant time) {
        return new Arrival(time, UNNAMED_HOST);
    }
}
