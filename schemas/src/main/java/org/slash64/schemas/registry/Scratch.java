package org.slash64.schemas.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;

/** Where a thread writes one record after the other: an encoder, and bytes that grow with the largest record. */
final class Scratch extends OutputStream {

    /** One for each thread. */
    static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private static final int TYPICAL_BYTES = 1 << 10;

    /** What a larger record needed is given back. */
    private static final int MOST_KEPT = 64 << 10;

    private byte[] bytes = new byte[TYPICAL_BYTES];
    private int length;
    private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(this, null);

    private Scratch() {}

    /**
     * A record in the wire format.
     *
     * @throws IOException as the writer has it; also unchecked exceptions, where the record is not as its schema says
     */
    <T> byte[] written(int schemaId, DatumWriter<T> writer, T value) throws IOException {
        encoder = EncoderFactory.get().binaryEncoder(this, encoder); // forgets what a record that failed left in it
        length = 0;
        write(WireFormat.MAGIC);
        write(schemaId >>> 24);
        write(schemaId >>> 16);
        write(schemaId >>> 8);
        write(schemaId);
        writer.write(value, encoder);
        encoder.flush();
        byte[] record = Arrays.copyOf(bytes, length);
        if (bytes.length > MOST_KEPT) {
            bytes = new byte[TYPICAL_BYTES];
        }
        return record;
    }

    @Override
    public void write(int b) {
        grow(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        grow(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void grow(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
