package org.slash64.deploy.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.slash64.connectors.file.FileFeed;

/** Log files that this process reads. */
final class FileMetrics implements MeterBinder {

    private final FileFeed feed;

    FileMetrics(FileFeed feed) {
        this.feed = feed;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<FileFeed> meters = new Meters<>(registry, "slash64.files", feed);
        meters.counter("lines", "Lines read from files.", FileFeed::lines);
        meters.gauge(
                "unread.bytes",
                "Bytes of the files that are not read yet, 0 where nobody knows.",
                from -> Math.max(0, from.totalBytes().orElse(from.bytes()) - from.bytes()));
    }
}
