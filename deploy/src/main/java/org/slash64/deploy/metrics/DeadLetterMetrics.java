package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import org.slash64.topology.DeadLetterStatistics;

/** Records that were set aside. */
final class DeadLetterMetrics implements MeterBinder {

    private final DeadLetterStatistics letters;

    DeadLetterMetrics(DeadLetterStatistics letters) {
        this.letters = letters;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<DeadLetterStatistics> meters = new Meters<>(registry, "slash64", letters);
        for (String reason : letters.reasons()) {
            meters.with("reason", reason.toLowerCase(Locale.ROOT))
                    .counter("dead.letters", "Records set aside in smtp.dead-letter.", from -> from.count(reason));
        }
    }
}
