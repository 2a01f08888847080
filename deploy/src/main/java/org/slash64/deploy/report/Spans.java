package org.slash64.deploy.report;

import java.time.Duration;
import java.util.Locale;

/** Times in one number and one unit. */
final class Spans {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration VERY_LONG = Duration.ofHours(2);

    private Spans() {}

    static String text(Duration time) {
        if (time.compareTo(LONG) < 0) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1_000.0);
        }
        return time.compareTo(VERY_LONG) < 0 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
