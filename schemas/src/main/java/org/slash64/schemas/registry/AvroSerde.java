package org.slash64.schemas.registry;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.schemas.Topic;

/**
 * Avro values in the Confluent wire format: byte 0, a four-byte schema id, Avro binary. A null value is a tombstone.
 *
 * <p>May be shared by threads. The registry is asked once per schema, never per record; the first record written registers
 * the schema if {@link SchemaSetup} has not.
 *
 * @param <T> a class generated from a schema
 */
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {
    private final AvroSerializer<T> serializer;
    private final AvroDeserializer<T> deserializer;

    private AvroSerde(Class<T> record, String subject, SchemaIds ids) {
        TrustedRecords.trust(record);
        SpecificData model = SpecificData.getForClass(record);
        model.setCustomCoders(true); // the code generated for records without logical types, which is faster
        Schema schema = model.getSchema(record);
        serializer = new AvroSerializer<>(ids, subject, schema, new SpecificDatumWriter<>(schema, model));
        deserializer = new AvroDeserializer<>(ids, written -> new SpecificDatumReader<>(written, schema, model));
    }

    /**
     * For the values of a topic.
     *
     * @throws IllegalArgumentException if the topic's values are plain bytes
     */
    public static <T extends SpecificRecord> AvroSerde<T> forTopic(Topic<T> topic, SchemaIds ids) {
        Class<T> record = topic.value()
                .orElseThrow(() -> new IllegalArgumentException("topic " + topic.name() + " holds plain bytes"));
        return new AvroSerde<>(record, topic.subject(), ids);
    }

    /** For records of state stores and internal topics, under the subject {@code slash64-internal-<record>-value}. */
    public static <T extends SpecificRecord> AvroSerde<T> internal(Class<T> record, SchemaIds ids) {
        return new AvroSerde<>(record, internalSubject(SpecificData.get().getSchema(record)), ids);
    }

    static String internalSubject(Schema schema) {
        return "slash64-internal-" + schema.getName() + "-value";
    }

    @Override
    public Serializer<T> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
        return deserializer;
    }
}
