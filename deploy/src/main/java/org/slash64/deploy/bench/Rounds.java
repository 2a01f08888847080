package org.slash64.deploy.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures the two sides in turn, so that a machine that slows down or speeds up does so for both. */
public final class Rounds {

    /** Fewer have no median worth the name. */
    public static final int MIN_ROUNDS = 3;

    private final int rounds;
    private final Consumer<String> progress;

    /** Reports each finished round as a line of text. */
    public Rounds(int rounds, Consumer<String> progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @throws IOException when the sides differ in what they do, or one cannot be measured
     */
    public BenchReport measure(Bench bench) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        bench.verify();
        List<Comparison> comparisons = new ArrayList<>();
        for (Workload workload : bench.workloads()) {
            comparisons.add(measure(bench, workload));
        }
        return new BenchReport(
                bench.name(), bench.unit(), bench.target(), bench.settings(), rounds, comparisons, machine);
    }

    private Comparison measure(Bench bench, Workload workload) throws IOException, InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            String where = bench.name() + ", " + workload.name() + ", round " + round + " of " + rounds;
            ours.add(measure(where, workload.ours(), bench.unit()));
            reference.add(measure(where, workload.reference(), bench.unit()));
        }
        return new Comparison(workload, new Series(ours), new Series(reference));
    }

    private double measure(String where, Side side, String unit) throws IOException, InterruptedException {
        double rate = side.round();
        progress.accept(String.format(Locale.ROOT, "%s: %s %,.0f %s", where, side.label(), rate, unit));
        return rate;
    }
}
