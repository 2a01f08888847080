package org.slash64.connectors.policy;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The side of smtpd, without time-outs of its own. */
final class PolicyClient implements AutoCloseable {

    private final SocketChannel channel;
    private final StringBuilder received = new StringBuilder();

    PolicyClient(SocketAddress server) throws IOException {
        channel = SocketChannel.open(server);
    }

    void send(String bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8));
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** What comes next up to an empty line, without it; null where the server hangs up before. */
    String reply() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        int end = received.indexOf("\n\n");
        while (end < 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                return null;
            }
            received.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII));
            end = received.indexOf("\n\n");
        }
        String reply = received.substring(0, end);
        received.delete(0, end + 2);
        return reply;
    }

    String ask(Requests request) throws IOException {
        send(request.toString());
        return reply();
    }

    /** True where the server hangs up, with nothing said. */
    boolean isCutOff() throws IOException {
        try {
            return reply() == null && received.isEmpty();
        } catch (IOException e) { // a reset is one way to hang up on somebody who is still sending
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
