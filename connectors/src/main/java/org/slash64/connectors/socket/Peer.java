package org.slash64.connectors.socket;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * The other side of a connection. {@link #execute} is for any thread and runs a task on the conversation's thread, unless the
 * server is closed; the rest is for the conversation's thread.
 */
public interface Peer extends Executor {

    /** Sends; until all is sent nothing more is read. */
    void send(ByteBuffer bytes);

    /** Reads nothing until {@link #resume}. */
    void pause();

    /** Reads again. */
    void resume();

    /** Closes the connection when what was sent before is out, or at once where that stalls. */
    void hangUp();
}
