package org.slash64.connectors.milter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slash64.connectors.socket.Peer;

/** A milter's side of one connection without sockets or threads: it is fed bytes, and says what it answers. */
final class FedMilter implements Peer {

    static final long MAX_HELD = 4L << 20;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final HeldBytes held = new HeldBytes(MAX_HELD);
    private final MilterConversation conversation;
    private boolean hungUp;

    FedMilter(MilterSettings settings, Decision decision, Observations observations) {
        conversation = new MilterConversation(
                new MilterConversation.Context(settings, decision, observations, new Tally(), held, Milters.CLOCK),
                this);
    }

    /** Feeds pieces of this size, as long as the connection is not ended. */
    void feed(byte[] bytes, int pieceSize) {
        for (int start = 0; start < bytes.length && !hungUp; start += pieceSize) {
            int length = Math.min(pieceSize, bytes.length - start);
            conversation.received(ByteBuffer.wrap(bytes.clone(), start, length).slice());
            runTasks();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void end() {
        conversation.ended();
    }

    boolean hasHungUp() {
        return hungUp;
    }

    long heldBytes() {
        return held.held();
    }

    List<Frame> answers() throws IOException {
        return Frame.all(new ByteArrayInputStream(sent.toByteArray()));
    }

    @Override
    public void send(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        sent.writeBytes(copy);
    }

    @Override
    public void pause() {
        // it is fed piece by piece
    }

    @Override
    public void resume() {
        // it is fed piece by piece
    }

    @Override
    public void hangUp() {
        hungUp = true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }
}
