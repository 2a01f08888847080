package org.slash64.connectors.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.slash64.connectors.follow.TopicFollower;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topics {@code blocklist}, {@code allowlist} and {@code domain.reputation} and publishes what is listed and not
 * allowed: when it changed, at most once in {@link #PAUSE} and in a tenth of the time at most, and at least once in {@link #REFRESH}.
 * Reputations change with every message, so they come along with the other changes and make no version of their own.
 */
public final class BlocklistPublisher implements AutoCloseable {

    /** The topics that are followed. */
    public static final List<Topic<? extends SpecificRecord>> TOPICS =
            List.of(Topics.BLOCKLIST, Topics.ALLOWLIST, Topics.DOMAIN_REPUTATION);

    /** The shortest time between two versions. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    /** The longest time between two versions, well under the time at which zones expire. */
    public static final Duration REFRESH = Duration.ofHours(1);

    /** After a version that took long to write the pause is so many times as long. */
    private static final int REST = 9;

    private static final Logger LOG = LoggerFactory.getLogger(BlocklistPublisher.class);

    private final PublishedState state;
    private final Publication publication;
    private final Clock clock;
    private final TopicFollower follower;
    private Instant due = Instant.MIN;
    private Instant refresh = Instant.MIN;
    private Instant complained = Instant.MIN;
    private boolean changed = true;
    private boolean complete;
    private volatile PublisherStatistics statistics = PublisherStatistics.NOTHING_YET;

    /** @param consumer reads committed records of {@link #TOPICS} only; owned and closed by the publisher */
    public BlocklistPublisher(
            Consumer<String, SpecificRecord> consumer, PublishedState state, Publication publication, Clock clock) {
        this.state = state;
        this.publication = publication;
        this.clock = clock;
        this.follower = new TopicFollower("publisher", consumer, List.copyOf(TOPICS), new Follower(), clock);
    }

    /** Starts the thread. */
    public void start() {
        follower.start();
    }

    /** What was published since the start. */
    public PublisherStatistics statistics() {
        return statistics;
    }

    private final class Follower implements TopicFollower.Follower {

        @Override
        public void take(String topic, String key, SpecificRecord value) {
            complete = false;
            changed |= state.take(topic, key, value);
        }

        @Override
        public void caughtUp(Instant asOf) {
            complete = true;
            statistics = statistics.withCaughtUp();
            if (!asOf.isBefore(changed ? due : refresh)) {
                publish();
            }
        }
    }

    private void publish() {
        long start = System.nanoTime();
        try {
            Publication.Outcome outcome = publication.publish(state);
            changed = outcome.objection().isPresent();
            statistics = outcome.objection()
                    .map(statistics::objected)
                    .orElseGet(() -> statistics.published(outcome.version(), clock.instant()));
            outcome.objection().ifPresent(this::complain);
        } catch (IOException | RuntimeException e) {
            changed = true; // tried again after the pause; until then the old files stand
            statistics = statistics.failed("it cannot be written: " + e.getMessage());
            LOG.error("The blocklist is not published: {}", e.toString());
        }
        Duration rest = Duration.ofNanos(System.nanoTime() - start).multipliedBy(REST);
        Instant now = clock.instant();
        due = now.plus(rest.compareTo(PAUSE) > 0 ? rest : PAUSE);
        refresh = now.plus(REFRESH);
    }

    /** At once, and then as often as a version would have been written in any case. */
    private void complain(String why) {
        Instant now = clock.instant();
        if (!now.isBefore(complained.plus(REFRESH))) {
            complained = now;
            LOG.error("The blocklist is not published: {}", why);
        }
    }

    /** Reads the topics to their ends, writes a last version where there is news, and stops. */
    @Override
    public void close() {
        follower.close();
        if (complete && changed) {
            publish();
        }
    }
}
