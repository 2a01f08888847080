package org.slash64.deploy.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.slash64.deploy.report.Table;

/**
 * What a bench came to.
 *
 * @param bench its name
 * @param unit of all rates
 * @param target the ratio that is aimed at, where there is one
 * @param settings what it was run with
 * @param rounds of each side
 * @param comparisons one for each workload
 * @param machine where it was run
 */
public record BenchReport(
        String bench,
        String unit,
        OptionalDouble target,
        Map<String, String> settings,
        int rounds,
        List<Comparison> comparisons,
        Machine machine) {

    /** The workload with the smallest ratio, of those that count. */
    public Comparison worst() {
        return comparisons.stream()
                .filter(comparison -> comparison.workload().counts())
                .min(Comparator.comparingDouble(
                        comparison -> comparison.ratios().median()))
                .orElseThrow();
    }

    /** The median of the worst workload. */
    public double ratio() {
        return worst().ratios().median();
    }

    /** Prints it for people. */
    public void print(PrintWriter out) {
        Table rates = new Table("bench " + bench + ", " + unit, "workload", "side", "median", "min", "max");
        Table ratios = new Table("ratio", "workload", "median", "min", "max");
        for (Comparison comparison : comparisons) {
            Workload workload = comparison.workload();
            row(rates, workload.name(), workload.ours().label(), comparison.ours());
            row(rates, workload.name(), workload.reference().label(), comparison.reference());
            Series ratio = comparison.ratios();
            ratios.row(workload.name(), ratio(ratio.median()), ratio(ratio.min()), ratio(ratio.max()));
        }
        rates.print(out);
        ratios.print(out);
        out.println();
        out.println("ratio " + ratio(ratio()) + aim());
        settings.forEach((name, value) -> out.println(name + ": " + value));
        out.println("rounds: " + rounds + (rounds > 1 ? ", both sides in turn" : ""));
        out.println("machine: " + machine);
    }

    private String aim() {
        return target.isPresent() ? ", to be " + target.getAsDouble() + " at least" : "";
    }

    private static void row(Table table, String workload, String side, Series series) {
        table.row(workload, side, rate(series.median()), rate(series.min()), rate(series.max()));
    }

    private static String rate(double rate) {
        return String.format(Locale.ROOT, "%,.0f", rate);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    /** It as JSON; {@code ours} and {@code reference} are those of the workload that {@code ratio} is of. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("bench", bench);
        node.put("ratio", Series.rounded(ratio()));
        target.ifPresent(least -> node.put("target", least));
        node.put("unit", unit);
        sides(node, worst());
        node.put("rounds", rounds);
        ArrayNode workloads = node.putArray("workloads");
        comparisons.forEach(comparison -> workload(workloads.addObject(), comparison));
        ObjectNode set = node.putObject("settings");
        settings.forEach(set::put);
        machine.addTo(node);
        return node;
    }

    private static void workload(ObjectNode node, Comparison comparison) {
        node.put("workload", comparison.workload().name());
        node.put("counts", comparison.workload().counts());
        comparison.ratios().addTo(node.putObject("ratio"));
        sides(node, comparison);
    }

    private static void sides(ObjectNode node, Comparison comparison) {
        Workload workload = comparison.workload();
        comparison
                .ours()
                .addTo(node.putObject("ours").put("side", workload.ours().label()));
        comparison
                .reference()
                .addTo(node.putObject("reference")
                        .put("side", workload.reference().label()));
    }
}
