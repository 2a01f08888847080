package org.slash64.connectors.milter;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One frame, of either side. */
final class Frame {

    private static final int NEWEST = 6;

    private final char command;
    private final byte[] payload;

    Frame(char command, byte[] payload) {
        this.command = command;
        this.payload = payload;
    }

    char command() {
        return command;
    }

    byte[] payload() {
        return payload.clone();
    }

    static Frame of(char command, String... texts) {
        return new Frame(command, texts(texts));
    }

    /** Each with its zero byte. */
    static byte[] texts(String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    static Frame negotiate(int actions, int steps) {
        return new Frame(
                'O',
                ByteBuffer.allocate(12)
                        .putInt(NEWEST)
                        .putInt(actions)
                        .putInt(steps)
                        .array());
    }

    static Frame connect(String name, char family, int port, String address) {
        byte[] head = texts(name);
        byte[] tail = texts(address);
        return new Frame(
                'C',
                ByteBuffer.allocate(head.length + 3 + tail.length)
                        .put(head)
                        .put((byte) family)
                        .putShort((short) port)
                        .put(tail)
                        .array());
    }

    static Frame macros(char command, String... namesAndValues) {
        byte[] texts = texts(namesAndValues);
        return new Frame(
                'D',
                ByteBuffer.allocate(1 + texts.length)
                        .put((byte) command)
                        .put(texts)
                        .array());
    }

    static Frame body(String text) {
        return new Frame('B', text.getBytes(StandardCharsets.ISO_8859_1));
    }

    byte[] bytes() {
        return ByteBuffer.allocate(5 + payload.length)
                .putInt(1 + payload.length)
                .put((byte) command)
                .put(payload)
                .array();
    }

    static byte[] bytes(List<Frame> frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        frames.forEach(frame -> bytes.writeBytes(frame.bytes()));
        return bytes.toByteArray();
    }

    /** The next one of a stream; empty at its end. */
    static Optional<Frame> read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        try {
            int length = in.readInt();
            char command = (char) in.readByte();
            return Optional.of(new Frame(command, in.readNBytes(length - 1)));
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    static List<Frame> all(InputStream stream) throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> frame = read(stream); frame.isPresent(); frame = read(stream)) {
            frames.add(frame.get());
        }
        return frames;
    }

    int integer(int offset) {
        return ByteBuffer.wrap(payload).getInt(offset);
    }

    /** The command and its payload, whose zero bytes are bars: for expectations. */
    @Override
    public String toString() {
        return command + new String(payload, StandardCharsets.UTF_8).replace('\0', '|');
    }
}
