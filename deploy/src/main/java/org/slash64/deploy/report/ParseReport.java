package org.slash64.deploy.report;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.slash64.topology.correlate.CorrelatorStatistics;

/** What became of the lines of a log. */
public final class ParseReport {

    private final CorrelatorStatistics statistics;

    public ParseReport(CorrelatorStatistics statistics) {
        this.statistics = statistics;
    }

    /** Prints totals, and counts by reason of what gave no event. */
    public void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%,d lines%n", statistics.lines());
        print(out, "Events", statistics.events());
        print(out, "Lines that say nothing about received mail", statistics.ignored());
        print(out, "Lines that could not be read", statistics.errors());
        print(out, "Remarks", statistics.incidents());
    }

    private static void print(PrintWriter out, String title, Map<? extends Enum<?>, Long> counts) {
        Table table = new Table(title, "what", "number");
        counts.forEach((what, number) -> {
            if (number > 0) {
                table.row(words(what), String.format(Locale.ROOT, "%,d", number));
            }
        });
        table.print(out);
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
