package org.slash64.connectors.publish;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;

/** Reads the values of the two topics that the published list is made of, so that one consumer can follow both. */
public final class PublishedRecords implements Deserializer<SpecificRecord> {

    private final Deserializer<Listing> listings;
    private final Deserializer<AllowEntry> allowed;

    public PublishedRecords(SchemaIds ids) {
        listings = AvroSerde.forTopic(Topics.BLOCKLIST, ids).deserializer();
        allowed = AvroSerde.forTopic(Topics.ALLOWLIST, ids).deserializer();
    }

    @Override
    public SpecificRecord deserialize(String topic, byte[] value) {
        return topic.equals(Topics.ALLOWLIST.name())
                ? allowed.deserialize(topic, value)
                : listings.deserialize(topic, value);
    }
}
