package org.slash64.schemas.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads records in the wire format, from any schema the registry knows into the one compiled in. Safe for use by several
 * threads: Kafka Streams shares one among its threads.
 *
 * <p>Whatever is wrong with a record ends in a {@link SerializationException}. Where the registry was at fault, its cause
 * is {@link RegistryException.Unavailable}: then the record may be a good one, and must not be given up.
 */
final class AvroDeserializer<T> implements Deserializer<T> {
    private final SchemaIds ids;
    private final Function<Schema, DatumReader<T>> readers;
    private final Map<Integer, DatumReader<T>> readerOfId = new ConcurrentHashMap<>();

    AvroDeserializer(SchemaIds ids, Function<Schema, DatumReader<T>> readers) {
        this.ids = ids;
        this.readers = readers;
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        if (bytes == null) {
            return null; // a tombstone
        }
        int id = readId(topic, bytes);
        DatumReader<T> reader = reader(topic, id);
        try {
            return read(reader, bytes);
        } catch (IOException | RuntimeException e) { // hostile bytes end in all kinds of unchecked exceptions
            throw new SerializationException(
                    "topic " + topic + ": a record of " + bytes.length + " bytes is not what its schema of id " + id
                            + " says: " + e, // the end of the bytes has a type, but no message
                    e);
        }
    }

    private T read(DatumReader<T> reader, byte[] bytes) throws IOException {
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
        T value = reader.read(null, decoder);
        if (!decoder.isEnd()) {
            throw new IOException("bytes are left over at its end");
        }
        return value;
    }

    private static int readId(String topic, byte[] bytes) {
        if (bytes.length < WireFormat.HEADER_BYTES || bytes[0] != WireFormat.MAGIC) {
            throw new SerializationException("topic " + topic + ": a record of " + bytes.length
                    + " bytes is not in the Confluent wire format (byte 0, four-byte schema id)");
        }
        return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
    }

    private DatumReader<T> reader(String topic, int id) {
        DatumReader<T> known = readerOfId.get(id);
        return known == null ? lookUp(topic, id) : known;
    }

    private DatumReader<T> lookUp(String topic, int id) {
        try {
            DatumReader<T> reader = readers.apply(ids.byId(id));
            readerOfId.put(id, reader);
            return reader;
        } catch (RegistryException e) {
            throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
        }
    }
}
