package org.slash64.topology.state;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Another serde, that also remembers how large what a thread wrote or read last is when written. */
final class MeasuredSerde<T> implements Serde<T> {

    private final Serde<T> serde;
    private final ThreadLocal<int[]> last = ThreadLocal.withInitial(() -> new int[1]);

    MeasuredSerde(Serde<T> serde) {
        this.serde = serde;
    }

    /** In bytes, of what this thread wrote or read last with it since it was last asked; 0 where there was nothing. */
    int takeSize() {
        int[] size = last.get();
        int taken = size[0];
        size[0] = 0;
        return taken;
    }

    private void note(byte[] bytes) {
        last.get()[0] = bytes == null ? 0 : bytes.length;
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> {
            byte[] bytes = serde.serializer().serialize(topic, value);
            note(bytes);
            return bytes;
        };
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> {
            note(bytes);
            return serde.deserializer().deserialize(topic, bytes);
        };
    }

    @Override
    public void close() {
        serde.close();
    }
}
