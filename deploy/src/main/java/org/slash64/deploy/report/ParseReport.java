package org.slash64.deploy.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slash64.deploy.report.FieldCounts.Field;
import org.slash64.schemas.MissingReason;
import org.slash64.topology.correlate.CorrelatorStatistics;

/** What became of the lines of a log. */
public final class ParseReport {

    private static final int SHAPES = 30;

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

    /** Prints the same, and what the log has and lacks. */
    public void print(PrintWriter out, LogSurvey survey) {
        print(out);
        services(out, survey);
        survey.fields().forEach((mta, counts) -> fields(out, mta, counts));
        shapes(out, survey);
        advice(out, survey);
    }

    private static void print(PrintWriter out, String title, Map<? extends Enum<?>, Long> counts) {
        Table table = new Table(title, "what", "number");
        counts.forEach((what, number) -> {
            if (number > 0) {
                table.row(LogSurvey.words(what), number(number));
            }
        });
        table.print(out);
    }

    private static void services(PrintWriter out, LogSurvey survey) {
        Table table = new Table("Lines by mail server and service", "server", "service", "lines");
        survey.services().forEach((service, lines) -> table.row(service.source(), service.program(), number(lines)));
        table.print(out);
    }

    private static void fields(PrintWriter out, String mta, FieldCounts counts) {
        Table table = new Table("Fields filled, " + mta, "event", "field", "filled", "missing");
        for (Field field : counts.fields()) {
            table.row(
                    LogSurvey.words(field.kind()),
                    LogSurvey.words(field.field()),
                    String.format(Locale.ROOT, "%.1f%%", percent(field)),
                    missing(field.missing()));
        }
        table.print(out);
    }

    private static double percent(Field field) {
        return 100 * field.share();
    }

    private static String missing(Map<MissingReason, Long> missing) {
        return missing.entrySet().stream()
                .map(entry -> number(entry.getValue()) + " " + LogSurvey.words(entry.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static void shapes(PrintWriter out, LogSurvey survey) {
        Table table = new Table("Lines that were not understood, by shape", "lines", "why", "shape");
        for (LineShapes.Counted counted : survey.shapes().top(SHAPES)) {
            table.row(
                    number(counted.lines()),
                    counted.shape().why(),
                    counted.shape().shape());
        }
        table.print(out);
        long more = survey.shapes().beside(SHAPES);
        if (more > 0) {
            out.println("  and " + number(more) + " lines of other shapes");
        }
    }

    private static void advice(PrintWriter out, LogSurvey survey) {
        Table table = new Table("To get more, switch on", "server", "for", "of a", "setting");
        LoggingAdvice.of(survey.fields())
                .forEach(advice -> table.row(
                        advice.mta(),
                        LogSurvey.words(advice.field()),
                        LogSurvey.words(advice.kind()),
                        advice.setting()));
        table.print(out);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** All of it as JSON. */
    public ObjectNode toJson(LogSurvey survey) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("lines", statistics.lines());
        counts(node.putObject("events"), statistics.events());
        counts(node.putObject("ignored"), statistics.ignored());
        counts(node.putObject("errors"), statistics.errors());
        counts(node.putObject("remarks"), statistics.incidents());
        ArrayNode services = node.putArray("services");
        survey.services()
                .forEach((service, lines) -> services.addObject()
                        .put("server", service.source())
                        .put("service", service.program())
                        .put("lines", lines));
        ArrayNode fields = node.putArray("fields");
        survey.fields().forEach((mta, counts) -> fields(fields, mta, counts.fields()));
        shapes(node, survey.shapes());
        ArrayNode advice = node.putArray("advice");
        LoggingAdvice.of(survey.fields())
                .forEach(each -> advice.addObject()
                        .put("mta", each.mta())
                        .put("kind", each.kind().name())
                        .put("field", each.field().name())
                        .put("setting", each.setting()));
        return node;
    }

    private static void counts(ObjectNode node, Map<? extends Enum<?>, Long> counts) {
        counts.forEach((what, number) -> {
            if (number > 0) {
                node.put(what.name(), number);
            }
        });
    }

    private static void fields(ArrayNode nodes, String mta, List<Field> fields) {
        for (Field field : fields) {
            ObjectNode node = nodes.addObject()
                    .put("mta", mta)
                    .put("kind", field.kind().name())
                    .put("field", field.field().name())
                    .put("filled_percent", Math.round(percent(field) * 10) / 10.0);
            counts(node.putObject("missing"), field.missing());
        }
    }

    private static void shapes(ObjectNode node, LineShapes shapes) {
        ArrayNode nodes = node.putArray("not_understood");
        for (LineShapes.Counted counted : shapes.top(SHAPES)) {
            nodes.addObject()
                    .put("lines", counted.lines())
                    .put("why", counted.shape().why())
                    .put("shape", counted.shape().shape());
        }
        node.put("not_understood_beside", shapes.beside(SHAPES));
    }
}
