package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;

/**
 * Binds figures of one source under names that begin alike. The registry holds counters' sources weakly, so whoever owns a
 * source keeps it for as long as its figures are wanted.
 */
final class Meters<S> {

    private final MeterRegistry registry;
    private final String prefix;
    private final S source;
    private final Tags tags;

    /** @param prefix such as {@code slash64.dns} */
    Meters(MeterRegistry registry, String prefix, S source) {
        this(registry, prefix, source, Tags.empty());
    }

    private Meters(MeterRegistry registry, String prefix, S source, Tags tags) {
        this.registry = registry;
        this.prefix = prefix;
        this.source = source;
        this.tags = tags;
    }

    /** The same with a label. */
    Meters<S> with(String label, String value) {
        return new Meters<>(registry, prefix, source, tags.and(label, value));
    }

    void counter(String name, String description, ToLongFunction<S> count) {
        FunctionCounter.builder(prefix + "." + name, source, count::applyAsLong)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** A counter for each constant, told apart by a label. */
    <E extends Enum<E>> void counters(
            String name, String description, String label, Class<E> values, ToLongBiFunction<S, E> count) {
        for (E value : values.getEnumConstants()) {
            with(label, label(value)).counter(name, description, from -> count.applyAsLong(from, value));
        }
    }

    void gauge(String name, String description, ToLongFunction<S> value) {
        gauge(Gauge.builder(prefix + "." + name, source, value::applyAsLong), description);
    }

    /** Seconds that have passed since an instant; NaN while there is none. */
    void age(String name, String description, Function<S, Optional<Instant>> since, Clock clock) {
        Gauge.Builder<S> age = Gauge.builder(
                prefix + "." + name,
                source,
                from -> since.apply(from)
                        .map(instant ->
                                Duration.between(instant, clock.instant()).toMillis() / 1000.0)
                        .orElse(Double.NaN));
        gauge(age.baseUnit("seconds"), description);
    }

    private void gauge(Gauge.Builder<S> gauge, String description) {
        gauge.description(description).tags(tags).strongReference(true).register(registry);
    }

    /** How a constant reads as the value of a label. */
    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
