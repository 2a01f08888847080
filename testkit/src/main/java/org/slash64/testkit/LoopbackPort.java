package org.slash64.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Choice of a TCP port on 127.0.0.1 that stays the same from one start to the next, where it can. */
public final class LoopbackPort {
    /** The address that embedded servers listen on. */
    public static final String ADDRESS = "127.0.0.1";

    private static final byte[] ADDRESS_BYTES = {127, 0, 0, 1};
    private static final int ANY = 0;
    private static final int MAX_PORT = 65_535;

    /** Below the ports that systems give to outgoing connections (32,768 on Linux, RFC 6335: 49,152), which come and go. */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 32_767;
    private static final int TRIES = 100;

    private LoopbackPort() {}

    /**
     * The wanted port, or for 0 the one remembered in the file if it is free, or else a free one. The choice is written to
     * the file.
     *
     * @throws IOException if the wanted port is taken, or the file cannot be written
     */
    public static int choose(Path file, int wanted) throws IOException {
        int port = wanted == ANY ? rememberedOrFree(file) : require(wanted);
        Files.writeString(file, port + "\n", StandardCharsets.US_ASCII);
        return port;
    }

    /** A port that is free now, chosen at random, so that two starts at once seldom choose the same. */
    public static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("no free port on " + ADDRESS + " from " + LOWEST_FREE + " to " + HIGHEST_FREE);
    }

    private static int rememberedOrFree(Path file) throws IOException {
        OptionalInt remembered = remembered(file);
        return remembered.isPresent() && isFree(remembered.getAsInt()) ? remembered.getAsInt() : free();
    }

    private static int require(int port) throws IOException {
        if (!isFree(port)) {
            throw new IOException("port " + port + " on " + ADDRESS + " is in use by another program");
        }
        return port;
    }

    private static OptionalInt remembered(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        try {
            int port = Integer.parseInt(
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip());
            return port > ANY && port <= MAX_PORT ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty(); // cut short by a crash: choose again
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = bind(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true); // a port of connections just closed is free for a server
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(ADDRESS_BYTES), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
