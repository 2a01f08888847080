package org.slash64.deploy.report;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slash64.connectors.file.FileFeed;
import org.slash64.deploy.pipeline.Pipeline;

/** One line on a terminal that tells how far a run is; nothing where standard error is no terminal. */
public final class ProgressLine {

    /** The launcher sets this system property where standard error is a terminal. */
    public static final String TERMINAL_PROPERTY = "slash64.terminal";

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final PrintStream out;
    private final Clock clock;
    private final boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
    private final Instant start;
    private Instant shown = Instant.EPOCH;
    private int width;
    private long firstBytes = -1;

    public ProgressLine(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** Shows where the pipeline stands, if it is time to. */
    public void show(Pipeline pipeline) {
        Instant now = clock.instant();
        if (terminal && Duration.between(shown, now).compareTo(INTERVAL) >= 0) {
            shown = now;
            replace(text(pipeline, Duration.between(start, now)));
        }
    }

    private String text(Pipeline pipeline, Duration elapsed) {
        double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
        Optional<FileFeed> feed = pipeline.feed();
        long lines = feed.map(FileFeed::lines).orElse(0L);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d lines read (%,.0f/s), %,d verdicts, %,d waiting for DNS, lag %,d",
                lines,
                lines / seconds,
                pipeline.statistics().verdicts().all(),
                pipeline.statistics().waiting(),
                pipeline.lag()));
        feed.ifPresent(files -> text.append(left(files, seconds)));
        return text.toString();
    }

    /** Nothing where there is nothing left, or nobody knows how much. */
    private String left(FileFeed files, double seconds) {
        long behind = files.bytes();
        long total = files.totalBytes().orElse(0);
        if (firstBytes < 0) {
            firstBytes = behind; // of earlier runs
        }
        if (behind <= firstBytes || behind >= total) {
            return "";
        }
        double left = seconds * (total - behind) / (behind - firstBytes);
        return String.format(Locale.ROOT, ", %.0f s left to read", left);
    }

    private void replace(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    /** Clears the line. */
    public void end() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
