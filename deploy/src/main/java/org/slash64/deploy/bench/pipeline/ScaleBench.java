package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slash64.deploy.bench.Machine;
import org.slash64.deploy.bench.Series;
import org.slash64.testkit.load.Mix;

/** How the pipeline's throughput changes with threads, with instances, and with prefixes in its state. */
final class ScaleBench {

    private static final int PER_SECOND = 2_000;
    private static final List<Integer> THREADS = List.of(1, 2, 4);
    private static final List<Integer> INSTANCES = List.of(1, 3);
    private static final int FEWEST_PREFIXES = 10_000;
    private static final int TIMES = 10;

    /** Sender domains and the names of clients stay the same when there are more prefixes. */
    private static final int NAMED_NETWORKS = 1_000;

    private final int rounds;
    private final int events;
    private final int prefixes;
    private final Consumer<String> told;
    private final Mix mix = Mix.standard().at(Mix.standard().start(), PER_SECOND);

    /**
     * A bench.
     *
     * @param events measured in a round
     * @param prefixes the most
     * @param told is told of each round
     */
    ScaleBench(int rounds, int events, int prefixes, Consumer<String> told) {
        this.rounds = rounds;
        this.events = events;
        this.prefixes = prefixes;
        this.told = told;
    }

    ScaleReport measure(Set<ScaleKind> kinds) throws IOException, InterruptedException {
        Machine machine = Machine.here();
        List<ScaleReport.Group> groups = new ArrayList<>();
        for (ScaleKind kind : kinds) {
            groups.add(
                    switch (kind) {
                        case THREADS -> layouts(kind, THREADS);
                        case INSTANCES -> layouts(kind, INSTANCES);
                        case PREFIXES -> prefixes();
                    });
        }
        return new ScaleReport(groups, settings(), rounds, machine);
    }

    private ScaleReport.Group layouts(ScaleKind kind, List<Integer> numbers) throws IOException, InterruptedException {
        Load load = new Load(mix, 2 * events);
        load.warm();
        Map<Integer, List<Double>> rates = new LinkedHashMap<>();
        try (LoadedKafka kafka = LoadedKafka.start(load)) {
            for (int round = 1; round <= rounds; round++) {
                for (int number : numbers) {
                    Layout layout = kind == ScaleKind.THREADS
                            ? new Layout(1, number)
                            : new Layout(number, Layout.USUAL.threads());
                    add(rates, kind, number, new PipelineSide("slash64", load, kafka, layout, events));
                }
            }
        }
        return group(kind, rates);
    }

    private ScaleReport.Group prefixes() throws IOException, InterruptedException {
        Map<Integer, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (int number : numbers(prefixes)) {
                Load load = Load.spread(mix.of(NAMED_NETWORKS, mix.domains()), events, number);
                try (LoadedKafka kafka = LoadedKafka.start(load)) {
                    add(
                            rates,
                            ScaleKind.PREFIXES,
                            number,
                            new PipelineSide("slash64", load, kafka, Layout.USUAL, number));
                }
            }
        }
        return group(ScaleKind.PREFIXES, rates);
    }

    /** Ten times as many each time, up to the most. */
    static List<Integer> numbers(int most) {
        List<Integer> numbers = new ArrayList<>();
        for (long number = FEWEST_PREFIXES; number <= most; number *= TIMES) {
            numbers.add((int) number);
        }
        return numbers;
    }

    private void add(Map<Integer, List<Double>> rates, ScaleKind kind, int number, PipelineSide side)
            throws IOException, InterruptedException {
        double rate = side.round();
        rates.computeIfAbsent(number, first -> new ArrayList<>()).add(rate);
        told.accept(String.format(
                Locale.ROOT,
                "scale, %s, round %d of %d: %,d: %,.0f events/s",
                kind,
                rates.get(number).size(),
                rounds,
                number,
                rate));
    }

    private static ScaleReport.Group group(ScaleKind kind, Map<Integer, List<Double>> rates) {
        return new ScaleReport.Group(
                kind,
                rates.entrySet().stream()
                        .map(entry -> new ScaleReport.Line(entry.getKey(), new Series(entry.getValue())))
                        .toList());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "events",
                events + " of the standard mix are measured, " + PER_SECOND + " in each second of event time, seed "
                        + mix.seed()
                        + ", DNS answers at hand; ratio is the least of all lines to the first of their table");
        settings.put("threads", "of one instance, after as many events unmeasured");
        settings.put(
                "instances",
                "with " + Layout.USUAL.threads()
                        + " threads each, all in one process, after as many events unmeasured");
        settings.put(
                "prefixes",
                "/64s, " + Load.PER_NETWORK
                        + " in each /48, of which the state has seen each once before; clients drawn"
                        + " from all of them alike");
        settings.put("streams", "exactly once, 4 partitions, broker in the same process");
        return settings;
    }
}
