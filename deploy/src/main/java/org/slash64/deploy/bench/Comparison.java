package org.slash64.deploy.bench;

import java.util.stream.IntStream;

/**
 * Both sides of a workload, with as many rounds each.
 *
 * @param workload what they did
 * @param ours rates
 * @param reference rates
 */
public record Comparison(Workload workload, Series ours, Series reference) {

    /** Round by round: the machine's other load changes both sides of a round alike. */
    public Series ratios() {
        return new Series(IntStream.range(0, ours.values().size())
                .mapToObj(round -> ours.values().get(round) / reference.values().get(round))
                .toList());
    }
}
