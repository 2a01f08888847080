package org.slash64.schemas.registry;

import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumWriter;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes records in the wire format. Safe for use by several threads: Kafka Streams shares one among its threads. All it
 * keeps is the schema's id, looked up with the first record.
 */
final class AvroSerializer<T> implements Serializer<T> {
    private static final int UNREGISTERED = -1;

    private final SchemaIds ids;
    private final String subject;
    private final Schema schema;
    private final DatumWriter<T> writer;
    private volatile int id = UNREGISTERED;

    AvroSerializer(SchemaIds ids, String subject, Schema schema, DatumWriter<T> writer) {
        this.ids = ids;
        this.subject = subject;
        this.schema = schema;
        this.writer = writer;
    }

    @Override
    public byte[] serialize(String topic, T value) {
        if (value == null) {
            return null; // a tombstone
        }
        int schemaId = id(topic);
        Scratch scratch = Scratch.OF_THREAD.get();
        try {
            return scratch.written(schemaId, writer, value);
        } catch (IOException | RuntimeException e) { // a field that is null or of another type, however Avro puts it
            throw new SerializationException(
                    "cannot write a " + schema.getName() + " for topic " + topic + ": " + e, e);
        }
    }

    private int id(String topic) {
        int known = id;
        return known == UNREGISTERED ? register(topic) : known;
    }

    private int register(String topic) {
        try {
            int registered = ids.register(subject, schema);
            id = registered;
            return registered;
        } catch (RegistryException e) {
            throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
        }
    }
}
