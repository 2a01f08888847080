package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.KafkaStreams;

/** How the stream is. */
final class StreamMetrics implements MeterBinder {

    private final KafkaStreams streams;
    private final ToLongFunction<KafkaStreams> lag;

    StreamMetrics(KafkaStreams streams, ToLongFunction<KafkaStreams> lag) {
        this.streams = streams;
        this.lag = lag;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<KafkaStreams> meters = new Meters<>(registry, "slash64.stream", streams);
        meters.gauge("lag.records", "Records written and not read yet, as far as the consumers know.", lag);
        meters.gauge(
                "running",
                "1 while all stream threads work, 0 while the stream starts, rebalances or stands still.",
                from -> from.state() == KafkaStreams.State.RUNNING ? 1 : 0);
    }
}
