package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.function.ToLongFunction;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.connectors.publish.PublishedVersion;

/** The published lists. */
final class PublisherMetrics implements MeterBinder {

    private final BlocklistPublisher publisher;
    private final Clock clock;

    PublisherMetrics(BlocklistPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<BlocklistPublisher> meters = new Meters<>(registry, "slash64.published", publisher);
        meters.gauge(
                "version", "Number of the version in the files, 0 before the first.", last(PublishedVersion::version));
        meters.age(
                "age",
                "Time since a version was written, none before the first. One is written every hour, also without a change.",
                from -> from.statistics().writtenAt(),
                clock);
        meters.with("type", "prefix").gauge("listings", "Listings in the files.", last(PublishedVersion::prefixes));
        meters.with("type", "domain").gauge("listings", "Listings in the files.", last(PublishedVersion::domains));
        meters.counter(
                "versions", "Versions written.", from -> from.statistics().versions());
        meters.counter(
                "failures",
                "Versions that could not be written.",
                from -> from.statistics().failures());
        meters.gauge(
                "unconfirmed",
                "1 while a version that differs too much from the last waits for somebody to confirm it.",
                from -> from.statistics().unconfirmed() ? 1 : 0);
    }

    private static ToLongFunction<BlocklistPublisher> last(ToLongFunction<PublishedVersion> number) {
        return from -> from.statistics().last().map(number::applyAsLong).orElse(0L);
    }
}
