package org.slash64.connectors.follow;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slash64.schemas.Topic;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;

/** Reads the values of several topics of Avro records, so that one consumer can follow them all. */
public final class FollowedRecords implements Deserializer<SpecificRecord> {

    private final Map<String, Deserializer<? extends SpecificRecord>> byTopic;

    /** For these topics and no others. */
    public FollowedRecords(SchemaIds ids, List<Topic<? extends SpecificRecord>> topics) {
        byTopic = topics.stream()
                .collect(Collectors.toMap(
                        Topic::name, topic -> AvroSerde.forTopic(topic, ids).deserializer()));
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] value) {
        return byTopic.get(topic).deserialize(topic, value);
    }
}
