package org.slash64.schemas;

import java.time.Duration;
import java.util.Map;

/**
 * How long a topic keeps its records. Times count from arrival, since all topics use LogAppendTime.
 */
public sealed interface Retention {
    /** How long a tombstone stays, so that a consumer that was away learns of the deletion. */
    Duration TOMBSTONES = Duration.ofDays(7);

    /** Topic settings, by the names of Kafka's topic configuration. */
    Map<String, String> config();

    /** Every record is kept for this time. */
    record For(Duration time) implements Retention {
        @Override
        public Map<String, String> config() {
            return Map.of("cleanup.policy", "delete", "retention.ms", millis(time));
        }
    }

    /** The last record of every key is kept for ever. */
    record Compacted() implements Retention {
        @Override
        public Map<String, String> config() {
            return Map.of("cleanup.policy", "compact", "delete.retention.ms", millis(TOMBSTONES));
        }
    }

    /** The last record of every key is kept for this time. */
    record CompactedFor(Duration time) implements Retention {
        @Override
        public Map<String, String> config() {
            return Map.of(
                    "cleanup.policy", "compact,delete",
                    "retention.ms", millis(time),
                    "delete.retention.ms", millis(TOMBSTONES));
        }
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
