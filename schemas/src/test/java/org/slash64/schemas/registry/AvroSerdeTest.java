package org.slash64.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Counts;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.Tally;

class AvroSerdeTest {
    private static final String TOPIC = Topics.ALLOWLIST.name();
    private static final AllowEntry ENTRY = AllowEntry.newBuilder()
            .setSubject("2001:db8::/48")
            .setComment("ours, naïve")
            .setBy("postmaster")
            .setAt(Instant.ofEpochMilli(1_700_000_000_123L))
            .build();

    private final SchemasInMemory registry = new SchemasInMemory();
    private final Serializer<AllowEntry> serializer =
            AvroSerde.forTopic(Topics.ALLOWLIST, registry).serializer();
    private final Deserializer<AllowEntry> deserializer =
            AvroSerde.forTopic(Topics.ALLOWLIST, registry).deserializer();

    @Test
    void serialize_andBack_isTheSameRecord() {
        assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, ENTRY)))
                .isEqualTo(ENTRY);
    }

    @Test
    void serialize_aRecord_isInTheConfluentWireFormat() {
        byte[] bytes = serializer.serialize(TOPIC, ENTRY);
        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 1);
        assertThat(bytes[5]).isEqualTo((byte) ("2001:db8::/48".length() * 2)); // Avro writes lengths in zigzag
    }

    @Test
    void serialize_manyRecords_asksTheRegistryOnceEachWay() {
        for (int i = 0; i < 100; i++) {
            deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, ENTRY));
        }
        assertThat(registry.calls()).isEqualTo(2);
    }

    @Test
    void serialize_aTombstone_isNullBothWays() {
        assertThat(serializer.serialize(TOPIC, null)).isNull();
        assertThat(deserializer.deserialize(TOPIC, null)).isNull();
    }

    @Test
    void serialize_aRecordWithoutARequiredField_saysWhichRecordAndTopic() {
        assertThatThrownBy(() -> serializer.serialize(TOPIC, new AllowEntry()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("AllowEntry")
                .hasMessageContaining(TOPIC);
    }

    @Test
    void serialize_afterARecordThatFailed_orALongOne_leavesNothingOfIt() {
        AllowEntry broken = AllowEntry.newBuilder(ENTRY).build();
        broken.setBy(null);
        AllowEntry longOne =
                AllowEntry.newBuilder(ENTRY).setComment("x".repeat(300_000)).build();
        for (AllowEntry before : List.of(longOne, broken)) {
            try {
                assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, before)))
                        .isEqualTo(longOne);
            } catch (SerializationException e) {
                assertThat(before).isSameAs(broken);
            }
            assertThat(deserializer.deserialize(TOPIC, serializer.serialize(TOPIC, ENTRY)))
                    .isEqualTo(ENTRY);
        }
    }

    /** Without logical types, so that the generated code writes and reads it. */
    @Test
    void serialize_aRecordOfState_andBack_isTheSame() {
        Tally tally = Tally.newBuilder()
                .setCounts(Counts.newBuilder().setConnections(3).setBytes(-1L).build())
                .setAddresses(ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2))
                .setOrders(List.of(new Order(7L, true, "somebody", "naïve")))
                .build();
        AvroSerde<Tally> serde = AvroSerde.internal(Tally.class, registry);
        assertThat(serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, tally)))
                .isEqualTo(tally);
    }

    @Test
    void deserialize_anOlderSchema_fillsInTheDefaults() throws Exception {
        Schema older = SchemaBuilder.record("AllowEntry")
                .namespace("org.slash64.schemas")
                .fields()
                .requiredString("subject")
                .name("at")
                .type(AllowEntry.getClassSchema().getField("at").schema())
                .noDefault()
                .endRecord();
        byte[] bytes = encode(
                older,
                new GenericRecordBuilder(older)
                        .set("subject", "example.org")
                        .set("at", 5L)
                        .build());
        AllowEntry entry = deserializer.deserialize(TOPIC, bytes);
        assertThat(entry.getSubject()).isEqualTo("example.org");
        assertThat(entry.getComment()).isEmpty();
        assertThat(entry.getAt()).isEqualTo(Instant.ofEpochMilli(5));
    }

    @Test
    void deserialize_theSchemaOfAnotherTopic_fails() throws Exception {
        Schema other = SchemaBuilder.record("Other").fields().requiredInt("x").endRecord();
        byte[] bytes = encode(other, new GenericRecordBuilder(other).set("x", 1).build());
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes)).isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void deserialize_fewerBytesThanAHeader_saysThatItIsNotTheWireFormat(int length) {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[length]))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("wire format");
    }

    @Test
    void deserialize_anotherMagicByte_saysThatItIsNotTheWireFormat() {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {'{', 0, 0, 0, 1, 2}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("wire format");
    }

    @Test
    void deserialize_anUnknownId_namesIdAndTopic() {
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0, 0, 77, 2}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("77")
                .hasMessageContaining(TOPIC)
                .hasCauseInstanceOf(RegistryException.UnknownId.class);
    }

    @Test
    void deserialize_whileTheRegistryIsDown_failsAndWorksAfterwards() {
        byte[] bytes = serializer.serialize(TOPIC, ENTRY);
        registry.down(true);
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes))
                .hasCauseInstanceOf(RegistryException.Unavailable.class);
        registry.down(false);
        assertThat(deserializer.deserialize(TOPIC, bytes)).isEqualTo(ENTRY);
    }

    @Test
    void deserialize_everyTruncation_fails() {
        byte[] bytes = serializer.serialize(TOPIC, ENTRY);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> deserializer.deserialize(TOPIC, cut)).isInstanceOf(SerializationException.class);
        }
    }

    @Test
    void deserialize_bytesLeftOver_fails() {
        byte[] bytes = serializer.serialize(TOPIC, ENTRY);
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE - 8, 1 << 30, -1, Long.MIN_VALUE})
    void deserialize_aStringOfHostileLength_fails(long length) throws Exception {
        serializer.serialize(TOPIC, ENTRY);
        byte[] bytes = withId(1, encoder -> encoder.writeLong(length));
        assertThatThrownBy(() -> deserializer.deserialize(TOPIC, bytes)).isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Integer.MAX_VALUE, 1 << 30, 1 << 20, -1, Long.MIN_VALUE})
    void deserialize_aMapOfHostileSize_fails(long size) throws Exception {
        Schema written = withFirst(SmtpEvent.getClassSchema(), "commands");
        int id = registry.register("smtp.events-value", written);
        byte[] bytes = withId(id, encoder -> encoder.writeLong(size));
        Deserializer<SmtpEvent> events =
                AvroSerde.forTopic(Topics.SMTP_EVENTS, registry).deserializer();
        assertThatThrownBy(() -> events.deserialize("smtp.events", bytes)).isInstanceOf(SerializationException.class);
    }

    private static Schema withFirst(Schema schema, String name) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field(schema.getField(name), schema.getField(name).schema()));
        for (Schema.Field field : schema.getFields()) {
            if (!field.name().equals(name)) {
                fields.add(new Schema.Field(field, field.schema()));
            }
        }
        return Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, fields);
    }

    @Test
    void deserialize_randomChanges_neverEndInAnythingElse() throws Exception {
        Deserializer<SmtpEvent> events =
                AvroSerde.forTopic(Topics.SMTP_EVENTS, registry).deserializer();
        Random random = new Random(64);
        for (Object sample : new RandomData(SmtpEvent.getClassSchema(), 200, 64)) {
            byte[] bytes = encode(SmtpEvent.getClassSchema(), sample);
            assertThat(events.deserialize("smtp.events", bytes)).isNotNull();
            for (int i = 0; i < 20; i++) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
                readOrRefuse(events, bytes);
            }
        }
    }

    private static void readOrRefuse(Deserializer<SmtpEvent> events, byte[] bytes) {
        try {
            assertThat(events.deserialize("smtp.events", bytes)).isNotNull();
        } catch (SerializationException e) {
            assertThat(e).hasMessageContaining("smtp.events");
        }
    }

    @Test
    void newBuilder_ofARecordOnceASerdeExists_copiesItsEnums() throws Exception {
        Deserializer<SmtpEvent> events =
                AvroSerde.forTopic(Topics.SMTP_EVENTS, registry).deserializer();
        Object sample =
                new RandomData(SmtpEvent.getClassSchema(), 1, 64).iterator().next();
        SmtpEvent event = events.deserialize("smtp.events", encode(SmtpEvent.getClassSchema(), sample));
        assertThat(SmtpEvent.newBuilder(event).build()).isEqualTo(event);
    }

    private byte[] encode(Schema schema, Object value) throws Exception {
        int id = registry.register("subject", schema);
        return withId(id, encoder -> new GenericDatumWriter<>(schema).write(value, encoder));
    }

    private static byte[] withId(int id, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        content.write(encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface Content {
        void write(BinaryEncoder encoder) throws IOException;
    }
}
