package org.slash64.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record of the topic smtp.dead-letter: the bytes as they came, and in headers why they could not be used. Of an
 * oversized value only the first {@link #MAX_BYTES} are kept, with its length and hash.
 *
 * @param value the bytes, cut where {@code sha256} is present
 * @param reason one word for programs
 * @param detail one sentence for people
 * @param length bytes of the whole value
 * @param sha256 SHA-256 of the whole value in hex, where it was cut
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DeadLetter(byte[] value, String reason, String detail, long length, Optional<String> sha256) {

    /** More of a value is not kept. */
    public static final int MAX_BYTES = 64 * 1024;

    /** A value that could not be used; cut where it is oversized. */
    public static DeadLetter of(byte[] value, String reason, String detail) {
        return value.length <= MAX_BYTES
                ? new DeadLetter(value, reason, detail, value.length, Optional.empty())
                : oversized(Arrays.copyOf(value, MAX_BYTES), value.length, Sha256.hex(value), reason, detail);
    }

    /** A value of which only the start was kept while it was read. */
    public static DeadLetter oversized(byte[] start, long length, String sha256, String reason, String detail) {
        return new DeadLetter(start, reason, detail, length, Optional.of(sha256));
    }

    /** The headers {@code reason}, {@code detail}, {@code length} and {@code sha256}, as UTF-8 text. */
    public Headers headers() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("reason", utf8(reason));
        headers.add("detail", utf8(detail));
        headers.add("length", utf8(Long.toString(length)));
        sha256.ifPresent(hash -> headers.add("sha256", utf8(hash)));
        return headers;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
