package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * What a publisher has done since it started.
 *
 * @param last the version in the files; empty where none was written yet
 * @param writtenAt when it was
 * @param versions how many were written
 * @param failures how often writing one failed
 * @param unconfirmed true while a version waits for somebody to confirm it
 */
public record PublisherStatistics(
        Optional<PublishedVersion> last,
        Optional<Instant> writtenAt,
        long versions,
        long failures,
        boolean unconfirmed) {

    static final PublisherStatistics NOTHING_YET =
            new PublisherStatistics(Optional.empty(), Optional.empty(), 0, 0, false);

    PublisherStatistics published(PublishedVersion version, Instant now) {
        return new PublisherStatistics(Optional.of(version), Optional.of(now), versions + 1, failures, false);
    }

    PublisherStatistics objected() {
        return new PublisherStatistics(last, writtenAt, versions, failures, true);
    }

    PublisherStatistics failed() {
        return new PublisherStatistics(last, writtenAt, versions, failures + 1, unconfirmed);
    }
}
