package org.slash64.connectors.publish;

import java.time.Instant;
import java.util.Optional;

/**
 * What a publisher has done since it started.
 *
 * @param caughtUp true once the topics were read to their ends
 * @param last the version in the files; empty where none was written yet
 * @param writtenAt when it was
 * @param versions how many were written
 * @param failures how often writing one failed
 * @param unconfirmed true while a version waits for somebody to confirm it
 * @param objection why the next version is not published; empty where nothing keeps it
 */
public record PublisherStatistics(
        boolean caughtUp,
        Optional<PublishedVersion> last,
        Optional<Instant> writtenAt,
        long versions,
        long failures,
        boolean unconfirmed,
        Optional<String> objection) {

    static final PublisherStatistics NOTHING_YET =
            new PublisherStatistics(false, Optional.empty(), Optional.empty(), 0, 0, false, Optional.empty());

    PublisherStatistics withCaughtUp() {
        return caughtUp
                ? this
                : new PublisherStatistics(true, last, writtenAt, versions, failures, unconfirmed, objection);
    }

    PublisherStatistics published(PublishedVersion version, Instant now) {
        return new PublisherStatistics(
                caughtUp, Optional.of(version), Optional.of(now), versions + 1, failures, false, Optional.empty());
    }

    PublisherStatistics objected(String why) {
        return new PublisherStatistics(caughtUp, last, writtenAt, versions, failures, true, Optional.of(why));
    }

    PublisherStatistics failed(String why) {
        return new PublisherStatistics(
                caughtUp, last, writtenAt, versions, failures + 1, unconfirmed, Optional.of(why));
    }
}
