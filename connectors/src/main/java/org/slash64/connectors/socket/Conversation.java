package org.slash64.connectors.socket;

import java.nio.ByteBuffer;

/** One side of one connection. All calls come from one thread, which must not be blocked. */
public interface Conversation {

    /** Begins one on each connection. */
    @FunctionalInterface
    interface Opening {
        Conversation open(Peer peer);
    }

    /** Takes all of what came; the buffer is used again afterwards. */
    void received(ByteBuffer bytes);

    /** The connection is closed, by whichever side; comes once, as the last. */
    void ended();
}
