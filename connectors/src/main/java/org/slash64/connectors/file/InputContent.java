package org.slash64.connectors.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream as a source of lines. A thread of its own reads it, since a read that waits for input can be ended by nobody.
 * What was read is kept until it is forgotten, so that reading can go back.
 */
final class InputContent implements LineReader.Source, Closeable {

    private static final int CHUNK_BYTES = 64 * 1024;

    /** So many chunks are read ahead. */
    private static final int AHEAD = 16;

    /** More than a batch of lines; of a longer line the start is not kept, so that it cannot be read again. */
    static final long MAX_KEPT_BYTES = 4 * Deliveries.BATCH_BYTES;

    private static final Duration WAIT = Duration.ofMillis(50);
    private static final byte[] END = new byte[0];

    /** Bytes, and where in the stream they begin. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Chunk(byte[] bytes, long start) {

        long end() {
            return start + bytes.length;
        }
    }

    private final InputStream in;
    private final BlockingQueue<byte[]> ahead = new ArrayBlockingQueue<>(AHEAD);
    private final Deque<Chunk> kept = new ArrayDeque<>();
    private final Thread thread = new Thread(this::pump, "slash64-input");
    private volatile IOException failure;
    private long taken;
    private boolean ended;

    private InputContent(InputStream in) {
        this.in = in;
    }

    /** Starts to read. */
    static InputContent of(InputStream in) {
        InputContent content = new InputContent(in);
        content.thread.setDaemon(true);
        content.thread.start();
        return content;
    }

    private void pump() {
        try {
            byte[] chunk = new byte[CHUNK_BYTES];
            int count = in.read(chunk);
            while (count >= 0) {
                ahead.put(Arrays.copyOf(chunk, count));
                count = in.read(chunk);
            }
            ahead.put(END);
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a moment where there is nothing. */
    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        while (offset >= taken) {
            if (ended) {
                return -1;
            }
            if (!take()) {
                return 0;
            }
        }
        Chunk chunk = holding(offset);
        int start = (int) (offset - chunk.start());
        int count = Math.min(buffer.remaining(), chunk.bytes().length - start);
        buffer.put(chunk.bytes(), start, count);
        return count;
    }

    private boolean take() throws IOException {
        byte[] next = next();
        if (next == null) {
            if (failure != null) {
                throw new IOException("standard input cannot be read: " + failure.getMessage(), failure);
            }
            return false;
        }
        ended = next == END;
        if (next.length > 0) {
            kept.addLast(new Chunk(next, taken));
            taken += next.length;
            forget(taken - MAX_KEPT_BYTES);
        }
        return true;
    }

    private byte[] next() throws IOException {
        try {
            return ahead.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading standard input", e);
        }
    }

    private Chunk holding(long offset) throws IOException {
        for (Chunk chunk : kept) {
            if (offset >= chunk.start() && offset < chunk.end()) {
                return chunk;
            }
        }
        throw new IOException("standard input has a line of more than " + MAX_KEPT_BYTES
                + " bytes, which cannot be read again after an interruption");
    }

    /** What is before this offset is not asked for again. */
    void forget(long offset) {
        while (!kept.isEmpty() && kept.getFirst().end() <= offset) {
            kept.removeFirst();
        }
    }

    /** True where the end was reached; there may be lines before it that are not read yet. */
    boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        thread.interrupt(); // where it waits for room; a read that waits for input ends with the program
    }
}
