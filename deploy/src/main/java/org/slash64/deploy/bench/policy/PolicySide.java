package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.Side;

/**
 * The highest rate, in steps, at which 99% of the answers come in time: from the wanted one upwards, or downwards where that
 * is too much.
 */
final class PolicySide implements Side {

    private static final int STEP = 5_000;
    private static final int MOST_STEPS = 8;

    /** Less than the offered rate means that requests piled up. */
    private static final double KEPT_UP = 0.99;

    private final String label;
    private final Rate rate;
    private final int wanted;
    private final Duration inTime;
    private final Consumer<String> found;

    /** Asks at a rate. */
    @FunctionalInterface
    interface Rate {

        Latencies offer(int perSecond) throws IOException, InterruptedException;
    }

    /** @param found is told what was measured at the rate that counts */
    PolicySide(String label, Rate rate, int wanted, Duration inTime, Consumer<String> found) {
        this.label = label;
        this.rate = rate;
        this.wanted = wanted;
        this.inTime = inTime;
        this.found = found;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public double round() throws IOException, InterruptedException {
        Optional<Latencies> best = inTime(wanted);
        boolean upwards = best.isPresent();
        for (int step = 1; step <= MOST_STEPS && best.isPresent() == upwards; step++) {
            Optional<Latencies> next = inTime(wanted + (upwards ? step : -step) * STEP);
            if (upwards && next.isEmpty()) {
                break;
            }
            best = next;
        }
        found.accept(best.map(Latencies::toString).orElse("never in time"));
        return best.map(Latencies::rate).orElse(0.0);
    }

    private Optional<Latencies> inTime(int offered) throws IOException, InterruptedException {
        Latencies latencies = rate.offer(offered);
        boolean good = latencies.rate() >= offered * KEPT_UP && latencies.p99() < inTime.toNanos() / 1_000;
        System.err.printf(Locale.ROOT, "offered %,d/s: %s%n", offered, latencies);
        return good ? Optional.of(latencies) : Optional.empty();
    }
}
