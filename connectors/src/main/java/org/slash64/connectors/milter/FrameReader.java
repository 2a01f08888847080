package org.slash64.connectors.milter;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Takes frames apart: four bytes of length, which counts the command and what follows it, the command, and its payload. What
 * comes of a body is handed on as it comes; every other frame is held until it is whole, in memory that grows with what has
 * come and not with what was announced.
 */
final class FrameReader {

    /** One header field each; mail servers take no longer ones (Postfix: {@code header_size_limit}, 102,400 bytes). */
    static final int MAX_FRAME = 1 << 20;

    private static final int LENGTH_BYTES = 4;

    /** Kept from frame to frame. */
    private static final int SMALL = 1_024;

    /** Takes what frames hold. */
    interface Frames {

        void frame(Command command, Payload payload) throws MilterProtocolException;

        /** A part of a body. */
        void body(byte[] bytes, int offset, int length) throws MilterProtocolException;

        /** Whether nothing may come now. */
        boolean isWaiting();
    }

    private final HeldBytes held;
    private final Frames frames;
    private int lengthRead;
    private long announced;
    private Command command;
    private long left;
    private byte[] payload = new byte[SMALL];
    private int filled;

    FrameReader(HeldBytes held, Frames frames) {
        this.held = held;
        this.frames = frames;
    }

    /** Takes the next bytes, which have an array. */
    void accept(ByteBuffer bytes) throws MilterProtocolException {
        while (bytes.hasRemaining()) {
            if (frames.isWaiting()) {
                throw new MilterProtocolException("a command came where none may come");
            }
            if (command == null) {
                begin(bytes.get());
            } else {
                take(bytes);
            }
            if (command != null && left == 0) {
                end();
            }
        }
    }

    private void begin(byte next) throws MilterProtocolException {
        if (lengthRead < LENGTH_BYTES) {
            announced = announced << Byte.SIZE | (next & 0xff);
            lengthRead++;
            return;
        }
        if (announced < 1 || announced > MAX_FRAME) {
            throw new MilterProtocolException("a frame of " + announced + " bytes");
        }
        command = Command.of(next).orElseThrow(() -> new MilterProtocolException("an unknown command, " + next));
        left = announced - 1;
    }

    private void take(ByteBuffer bytes) throws MilterProtocolException {
        int length = (int) Math.min(left, bytes.remaining());
        int start = bytes.arrayOffset() + bytes.position();
        if (isBody()) {
            frames.body(bytes.array(), start, length);
        } else {
            reserve(filled + length);
            System.arraycopy(bytes.array(), start, payload, filled, length);
            filled += length;
        }
        bytes.position(bytes.position() + length);
        left -= length;
    }

    /** The end of a message may bring the last part of its body. */
    private boolean isBody() {
        return command == Command.BODY || command == Command.END_OF_MESSAGE;
    }

    private void reserve(int length) throws MilterProtocolException {
        if (length > payload.length) {
            int larger = Math.max(length, 2 * payload.length);
            held.take(larger - payload.length);
            payload = Arrays.copyOf(payload, larger);
        }
    }

    private void end() throws MilterProtocolException {
        Command ended = command;
        int length = filled;
        command = null;
        lengthRead = 0;
        announced = 0;
        filled = 0;
        frames.frame(ended, new Payload(payload, length));
        release();
    }

    /** Gives back what a long frame took. */
    void release() {
        if (payload.length > SMALL) {
            held.give(payload.length - SMALL);
            payload = new byte[SMALL];
        }
    }
}
