package org.slash64.deploy.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Rates that are known before; writes down who was measured when. */
final class ScriptedBench implements Bench {

    private final List<String> measured = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();

    ScriptedBench with(String workload, boolean counts, Side ours, Side reference) {
        workloads.add(new Workload(workload, counts, ours, reference));
        return this;
    }

    Side side(String label, double... rates) {
        Iterator<Double> next = DoubleStream.of(rates).iterator();
        return new Side() {
            @Override
            public String label() {
                return label;
            }

            @Override
            public double round() {
                measured.add(label);
                return next.next();
            }
        };
    }

    /** Labels in the order of the rounds; {@code verify} where the check came. */
    String measured() {
        return String.join(" ", measured);
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public String unit() {
        return "steps/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(2);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("seed", "7");
    }

    @Override
    public List<Workload> workloads() {
        return workloads;
    }

    @Override
    public void verify() {
        measured.add("verify");
    }
}
