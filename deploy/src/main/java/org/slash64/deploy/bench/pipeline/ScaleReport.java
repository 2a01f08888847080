package org.slash64.deploy.bench.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.bench.Series;
import org.slash64.deploy.report.Table;

/**
 * What the bench of more and more came to.
 *
 * @param groups one for each kind
 * @param settings what it was run with
 * @param rounds of each line
 * @param machine where it was run
 */
record ScaleReport(List<Group> groups, Map<String, String> settings, int rounds, Machine machine) {

    private static final String UNIT = "events/s";

    /**
     * One of them.
     *
     * @param number how many there were
     * @param rates events a second, round by round
     */
    record Line(int number, Series rates) {}

    /**
     * Lines to compare.
     *
     * @param lines the first is what the others are compared with
     */
    record Group(ScaleKind kind, List<Line> lines) {

        /** A line's rate to that of the first, both medians. */
        double relative(Line line) {
            return line.rates().median() / lines.get(0).rates().median();
        }
    }

    /** The least of all lines to the first of its group. */
    double ratio() {
        return groups.stream()
                .flatMapToDouble(group -> group.lines().stream().mapToDouble(group::relative))
                .min()
                .orElseThrow();
    }

    /** Prints it for people. */
    void print(PrintWriter out) {
        for (Group group : groups) {
            Table table =
                    new Table("bench scale, " + UNIT, group.kind().toString(), "median", "min", "max", "to the first");
            for (Line line : group.lines()) {
                Series rates = line.rates();
                table.row(
                        String.format(Locale.ROOT, "%,d", line.number()),
                        rate(rates.median()),
                        rate(rates.min()),
                        rate(rates.max()),
                        String.format(Locale.ROOT, "%.2f", group.relative(line)));
            }
            table.print(out);
        }
        out.println();
        settings.forEach((name, value) -> out.println(name + ": " + value));
        out.println("rounds: " + rounds + ", all lines of a table in turn");
        out.println("machine: " + machine);
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%,.0f", rate);
    }

    /** It as JSON. */
    ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("bench", "scale");
        node.put("ratio", Series.rounded(ratio()));
        node.put("unit", UNIT);
        node.put("rounds", rounds);
        ArrayNode all = node.putArray("groups");
        for (Group group : groups) {
            ArrayNode lines = all.addObject().put("of", group.kind().toString()).putArray("lines");
            group.lines().forEach(line -> line(lines.addObject(), group, line));
        }
        ObjectNode set = node.putObject("settings");
        settings.forEach(set::put);
        machine.addTo(node);
        return node;
    }

    private static void line(ObjectNode node, Group group, Line line) {
        node.put("number", line.number());
        node.put("relative", Series.rounded(group.relative(line)));
        line.rates().addTo(node);
    }
}
