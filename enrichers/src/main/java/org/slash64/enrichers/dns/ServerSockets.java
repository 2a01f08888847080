package org.slash64.enrichers.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sockets that one server is asked from. Each query takes one at random, and none stays for long, so that neither
 * the port nor the id of a query follows from those before. Of the transport's thread.
 */
final class ServerSockets {
    /** Makes sockets. */
    interface Opener {
        UdpSocket open(InetSocketAddress server) throws IOException;
    }

    /** Answers in other case, none as sent among them, after which a server is held to fold the case of all. */
    static final int FOLDS_BEFORE_BELIEVED = 3;

    private final InetSocketAddress server;
    private final SocketLimits limits;
    private final Opener opener;
    private final UdpSocket[] sockets;
    private boolean repeatsCase;
    private int folds;

    ServerSockets(InetSocketAddress server, SocketLimits limits, Opener opener) {
        this.server = server;
        this.limits = limits;
        this.opener = opener;
        this.sockets = new UdpSocket[limits.sockets()];
    }

    /**
     * A socket with room for a query.
     *
     * @throws IOException when none could be opened, or all are full
     */
    UdpSocket pick(RandomBits random, long nowNanos) throws IOException {
        int first = random.below(sockets.length);
        for (int i = 0; i < sockets.length; i++) {
            int at = (first + i) % sockets.length;
            retireWorn(at, nowNanos);
            if (sockets[at] == null) {
                sockets[at] = opener.open(server);
            }
            if (sockets[at].hasRoom(limits)) {
                return sockets[at];
            }
        }
        throw new IOException("all sockets are busy");
    }

    /** Closes the sockets whose time is over. */
    void retireWorn(long nowNanos) {
        for (int at = 0; at < sockets.length; at++) {
            retireWorn(at, nowNanos);
        }
    }

    private void retireWorn(int at, long nowNanos) {
        if (sockets[at] != null && sockets[at].isWorn(limits, nowNanos)) {
            sockets[at].retire();
            sockets[at] = null;
        }
    }

    boolean isEmpty() {
        return Arrays.stream(sockets).allMatch(Objects::isNull);
    }

    /** Closes all that wait for nothing; the others close with their last query. */
    void retireAll() {
        for (int at = 0; at < sockets.length; at++) {
            if (sockets[at] != null) {
                sockets[at].retire();
                sockets[at] = null;
            }
        }
    }

    /** Whether letters may be varied; servers that fold their case would have to be asked all over TCP. */
    boolean variesCase() {
        return repeatsCase || folds < FOLDS_BEFORE_BELIEVED;
    }

    /** An answer as sent came: from now on an answer in other case is never a habit of the server. */
    void caseRepeated() {
        repeatsCase = true;
    }

    void caseFolded() {
        folds++;
    }
}
