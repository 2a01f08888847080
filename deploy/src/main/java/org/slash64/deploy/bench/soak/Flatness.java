package org.slash64.deploy.bench.soak;

import java.util.List;

/**
 * Whether a figure of the program grows. Faults make it rise for a while, so the least of the first third of the run is
 * compared with the least of the last third.
 *
 * @param name of the figure
 * @param first its least in the first third
 * @param last its least in the last third
 * @param most that the last may be
 */
record Flatness(String name, long first, long last, long most) {

    private static final int PARTS = 3;

    /**
     * Of samples in order of time.
     *
     * @param percent by which it may grow
     * @param absolute by which it may grow besides
     * @throws IllegalArgumentException where there are too few
     */
    static Flatness of(String name, List<Long> samples, int percent, long absolute) {
        if (samples.size() < PARTS) {
            throw new IllegalArgumentException(name + ": only " + samples.size() + " samples");
        }
        int part = samples.size() / PARTS;
        long first = least(samples.subList(0, part));
        long last = least(samples.subList(samples.size() - part, samples.size()));
        return new Flatness(name, first, last, first + first * percent / 100 + absolute);
    }

    private static long least(List<Long> samples) {
        return samples.stream().mapToLong(Long::longValue).min().orElseThrow();
    }

    boolean isFlat() {
        return last <= most;
    }
}
