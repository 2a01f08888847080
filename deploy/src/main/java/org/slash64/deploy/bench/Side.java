package org.slash64.deploy.bench;

import java.io.IOException;

/** One of the two that are measured. */
public interface Side {

    /** What it is, in a few words: {@code slash64}, {@code jSPF 1.0.5}. */
    String label();

    /**
     * Measures it once, warm-up included.
     *
     * @return the rate, in the unit of its {@link Bench}
     * @throws IOException when it could not be measured
     */
    double round() throws IOException, InterruptedException;
}
