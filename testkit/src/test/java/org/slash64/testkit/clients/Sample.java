package org.slash64.testkit.clients;

import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.Topic;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;

/**
 * A record to be written to a topic and read back by somebody else.
 *
 * @param topic where it goes
 * @param key the record's key
 * @param value of an Avro topic a generated record, of others the bytes; null is a tombstone
 */
record Sample<T>(Topic<T> topic, String key, T value) {

    /** The value as it goes over the wire. */
    byte[] wire(SchemaIds ids) {
        return topic.value().isPresent() ? avro(ids, topic, value) : (byte[]) value;
    }

    @SuppressWarnings("unchecked") // a topic with a schema has values of a generated class
    private static <R extends SpecificRecord> byte[] avro(SchemaIds ids, Topic<?> topic, Object value) {
        try (AvroSerde<R> serde = AvroSerde.forTopic((Topic<R>) topic, ids)) {
            return serde.serializer().serialize(topic.name(), (R) value);
        }
    }
}
