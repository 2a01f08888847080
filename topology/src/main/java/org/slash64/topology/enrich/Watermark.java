package org.slash64.topology.enrich;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.header.Header;

/**
 * The record header by which enrichment tells counting how far event time has come: eight bytes, epoch milliseconds. No
 * later verdict of the same partition is counted before that instant, those marked late excepted.
 */
public final class Watermark {

    /** Name of the record header. */
    public static final String HEADER = "slash64-watermark";

    private Watermark() {}

    /** The header's value. */
    public static byte[] bytes(long millis) {
        return ByteBuffer.allocate(Long.BYTES).putLong(millis).array();
    }

    /** Reads the header; empty where there is none or it is not eight bytes long. */
    public static Optional<Long> read(Header header) {
        return header == null || header.value() == null || header.value().length != Long.BYTES
                ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(header.value()).getLong());
    }
}
