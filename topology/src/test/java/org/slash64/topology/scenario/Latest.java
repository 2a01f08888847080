package org.slash64.topology.scenario;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;

/** What a topic says last of each key. */
final class Latest<V> {

    private final TestOutputTopic<String, V> topic;
    private final Predicate<V> holds;
    private final Map<String, V> byKey = new TreeMap<>();

    /** @param holds false for a value that says that there is nothing any more, as a tombstone does */
    Latest(TestOutputTopic<String, V> topic, Predicate<V> holds) {
        this.topic = topic;
        this.holds = holds;
    }

    Map<String, V> read() {
        topic.readRecordsToList().forEach(this::take);
        return byKey;
    }

    private void take(TestRecord<String, V> record) {
        if (record.value() != null && holds.test(record.value())) {
            byKey.put(record.key(), record.value());
        } else {
            byKey.remove(record.key());
        }
    }

    /** The same as scenarios write it. */
    Map<String, Map<String, String>> read(Function<V, Map<String, String>> shown) {
        Map<String, Map<String, String>> texts = new TreeMap<>();
        read().forEach((key, value) -> texts.put(key, shown.apply(value)));
        return texts;
    }
}
