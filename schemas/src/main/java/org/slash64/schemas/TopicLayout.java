package org.slash64.schemas;

import java.util.Map;

/**
 * The operator's say in how topics are created.
 *
 * @param partitions partitions by topic name, in place of the declared number
 * @param replication replication factor of every topic; -1 takes the broker's default
 */
public record TopicLayout(Map<String, Integer> partitions, short replication) {
    /** Replication factor that leaves the choice to the broker (KIP-464). */
    public static final short BROKER_DEFAULT = -1;

    /** As declared, with the broker's own replication factor. */
    public static final TopicLayout DECLARED = new TopicLayout(Map.of(), BROKER_DEFAULT);

    public TopicLayout {
        partitions = Map.copyOf(partitions);
    }

    public int partitionsOf(Topic<?> topic) {
        return partitions.getOrDefault(topic.name(), topic.partitions());
    }
}
