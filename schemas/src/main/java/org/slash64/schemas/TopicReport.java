package org.slash64.schemas;

import java.util.List;

/**
 * What creating the topics came to.
 *
 * @param created names of the topics that were missing and now exist
 * @param differing topics that exist with another number of partitions than wanted; they were left alone
 */
public record TopicReport(List<String> created, List<Partitions> differing) {
    public TopicReport {
        created = List.copyOf(created);
        differing = List.copyOf(differing);
    }

    /** How many partitions a topic has; it was wanted to have those of the layout. */
    public int partitionsOf(Topic<?> topic, TopicLayout layout) {
        return differing.stream()
                .filter(partitions -> partitions.topic().equals(topic.name()))
                .findFirst()
                .map(Partitions::found)
                .orElseGet(() -> layout.partitionsOf(topic));
    }

    /** A topic whose number of partitions is not the wanted one. */
    public record Partitions(String topic, int found, int wanted) {
        @Override
        public String toString() {
            return "topic " + topic + " has " + found + " partitions, not " + wanted + "; it is used as it is";
        }
    }
}
