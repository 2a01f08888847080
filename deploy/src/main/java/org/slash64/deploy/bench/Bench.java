package org.slash64.deploy.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A measurement: one or several workloads, each with two sides whose rates make a ratio. */
public interface Bench {

    /** As {@code slash64 bench} has it. */
    String name();

    /** Of the rates, such as {@code checks/s}; more is better. */
    String unit();

    /** The ratio that is aimed at, where there is one. */
    OptionalDouble target();

    /** What a reader needs to judge or repeat it: sizes, times, seeds, in the order to show them. */
    Map<String, String> settings();

    /** At least one; at least one counts. */
    List<Workload> workloads();

    /**
     * Makes sure that both sides do the same and do it right; called once, before anything is measured.
     *
     * @throws IOException when they do not, which says where they differ
     */
    void verify() throws IOException;
}
