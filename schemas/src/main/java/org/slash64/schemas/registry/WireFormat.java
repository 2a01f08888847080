package org.slash64.schemas.registry;

/** The Confluent wire format: byte 0, the schema id in four bytes, most significant first, then Avro binary. */
final class WireFormat {
    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 5;

    private WireFormat() {}
}
