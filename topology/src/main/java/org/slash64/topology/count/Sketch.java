package org.slash64.topology.count;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;

/**
 * Counts distinct things in bounded space: up to {@link #EXACT} as their hashes, in order; beyond that as an UltraLogLog
 * (Ertl 2024) of 256 bytes, with a standard error of 5%. The same things give the same bytes, in whatever order and
 * however they were merged. The empty buffer is the sketch of nothing.
 */
public final class Sketch {

    /** So many things are told apart exactly. */
    static final int EXACT = 16;

    private static final int PRECISION = 8;
    private static final int SKETCH_BYTES = 1 << PRECISION;
    private static final Hasher64 HASHER = Hashing.komihash5_0();

    /** Has no content that anybody could change. */
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private Sketch() {}

    /** Nothing. */
    public static ByteBuffer empty() {
        return EMPTY;
    }

    /** One thing. */
    public static ByteBuffer of(byte[] thing) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, HASHER.hashBytesToLong(thing));
    }

    /** What is in either; both stay as they are. */
    public static ByteBuffer merge(ByteBuffer one, ByteBuffer other) {
        if (!one.hasRemaining() || one.equals(other)) {
            return other;
        }
        if (!other.hasRemaining()) {
            return one;
        }
        if (isExact(one) && isExact(other)) {
            ByteBuffer exact = union(one, other);
            if (exact.remaining() <= EXACT * Long.BYTES) {
                return exact;
            }
        }
        return ByteBuffer.wrap(
                addTo(addTo(UltraLogLog.create(PRECISION), one), other).getState());
    }

    /** How many things there are, about. */
    public static long estimate(ByteBuffer sketch) {
        return isExact(sketch)
                ? sketch.remaining() / Long.BYTES
                : Math.round(UltraLogLog.wrap(bytes(sketch)).getDistinctCountEstimate());
    }

    private static boolean isExact(ByteBuffer sketch) {
        return sketch.remaining() < SKETCH_BYTES;
    }

    private static LongStream hashes(ByteBuffer exact) {
        return LongStream.range(0, exact.remaining() / Long.BYTES)
                .map(i -> exact.getLong(exact.position() + (int) i * Long.BYTES));
    }

    /** The hashes of two exact sketches, which are in order, in order and each once. */
    private static ByteBuffer union(ByteBuffer one, ByteBuffer other) {
        ByteBuffer union = ByteBuffer.allocate(one.remaining() + other.remaining());
        int i = one.position();
        int j = other.position();
        while (i < one.limit() && j < other.limit()) {
            long first = one.getLong(i);
            long second = other.getLong(j);
            union.putLong(Math.min(first, second));
            i += first <= second ? Long.BYTES : 0;
            j += second <= first ? Long.BYTES : 0;
        }
        return union.put(one.slice(i, one.limit() - i))
                .put(other.slice(j, other.limit() - j))
                .flip();
    }

    private static UltraLogLog addTo(UltraLogLog sum, ByteBuffer sketch) {
        if (isExact(sketch)) {
            hashes(sketch).forEach(sum::add);
            return sum;
        }
        return sum.add(UltraLogLog.wrap(bytes(sketch)));
    }

    private static byte[] bytes(ByteBuffer sketch) {
        byte[] bytes = new byte[sketch.remaining()];
        sketch.duplicate().get(bytes);
        return bytes;
    }
}
