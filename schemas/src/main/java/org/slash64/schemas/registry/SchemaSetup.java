package org.slash64.schemas.registry;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.Topic;

/** Registers schemas when the program starts, so that nothing fails for want of one later. */
public final class SchemaSetup {
    private SchemaSetup() {}

    /**
     * Registers the value schema of every topic that has one, under BACKWARD_TRANSITIVE, and has Avro trust their classes, so
     * that builders of records work. Safe to repeat.
     *
     * @throws RegistryException if the registry does not answer, or a schema is incompatible with an earlier one
     */
    public static void register(RegistryClient client, List<Topic<?>> topics) throws RegistryException {
        for (Topic<?> topic : topics) {
            topic.value().ifPresent(TrustedRecords::trust);
            if (topic.schema().isPresent()) {
                register(client, topic.subject(), topic.schema().get());
            }
        }
    }

    /** The same for records that only state stores and internal topics hold. */
    public static void registerInternal(RegistryClient client, List<Class<? extends SpecificRecord>> records)
            throws RegistryException {
        for (Class<? extends SpecificRecord> record : records) {
            Schema schema = SpecificData.get().getSchema(record);
            register(client, AvroSerde.internalSubject(schema), schema);
        }
    }

    private static void register(RegistryClient client, String subject, Schema schema) throws RegistryException {
        boolean required = client.requireCompatibility(subject, Compatibility.BACKWARD_TRANSITIVE);
        client.register(subject, schema);
        if (!required) {
            client.requireCompatibility(subject, Compatibility.BACKWARD_TRANSITIVE);
        }
    }
}
