package org.slash64.deploy.explain;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slash64.deploy.check.SafeText;
import org.slash64.deploy.report.Table;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.view.Figures;

/** A story on a terminal: sentences, then tables. */
public final class StoryTables {

    /** Of the prefixes below: the worst. */
    private static final int MOST_BELOW = 20;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    public StoryTables(PrintWriter out) {
        this.out = out;
    }

    /** Prints it; text that others wrote is made safe for a terminal. */
    public void print(Story story) {
        out.println(SafeText.of(story.subject()) + ": " + story.state());
        story.sentences().forEach(sentence -> out.println("  " + SafeText.of(sentence)));
        hours(story.evidence().slices());
        below(story.evidence().below());
        history(story);
        out.flush();
    }

    private void hours(List<SubjectState.Slice> slices) {
        if (!slices.isEmpty()) {
            Table table = new Table(
                    "By the hour (UTC)", "from", "connections", "messages", "rejections", "good", "bad", "neutral");
            slices.forEach(slice -> row(table, time(slice.start()), slice.figures()));
            table.print(out);
        }
    }

    private void below(List<SubjectState.Below> below) {
        if (!below.isEmpty()) {
            Table table = new Table(
                    "Prefixes below, the worst first (" + below.size() + " in all)",
                    "prefix",
                    "connections",
                    "messages",
                    "rejections",
                    "good",
                    "bad",
                    "neutral");
            below.stream()
                    .sorted((one, other) ->
                            Long.compare(other.figures().bad(), one.figures().bad()))
                    .limit(MOST_BELOW)
                    .forEach(prefix -> row(table, prefix.prefix(), prefix.figures()));
            table.print(out);
        }
    }

    private static void row(Table table, String head, Figures figures) {
        table.row(
                head,
                figures.connections(),
                figures.messages(),
                figures.rejections(),
                figures.good(),
                figures.bad(),
                figures.neutral());
    }

    private void history(Story story) {
        if (!story.history().isEmpty()) {
            Table table = new Table("What happened (UTC)", "at", "change", "strikes", "until", "why");
            story.history()
                    .forEach(change -> table.row(
                            time(change.at()),
                            change.change(),
                            change.strikes(),
                            change.expires().map(StoryTables::time).orElse("-"),
                            SafeText.of(change.why())));
            table.print(out);
        }
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
