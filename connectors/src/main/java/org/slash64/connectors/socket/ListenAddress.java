package org.slash64.connectors.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slash64.schemas.Address;

/** Where a server listens: {@code 127.0.0.1:8891}, {@code [::1]:8891} or {@code unix:/run/slash64/milter}. */
public sealed interface ListenAddress {

    /** An address and port; port 0 takes a free one. */
    record Tcp(Address address, int port) implements ListenAddress {

        @Override
        public ServerSocketChannel open(int backlog) throws IOException {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                return channel.bind(new InetSocketAddress(address.toInetAddress(), port), backlog);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public void remove() {
            // nothing stays of a port
        }

        @Override
        public String toString() {
            return (address.v6() ? "[" + address + "]" : address.toString()) + ":" + port;
        }
    }

    /** A Unix socket. Who may enter its folder may connect. */
    record Unix(Path path) implements ListenAddress {

        private static final String MODE = "rw-rw-rw-";

        @Override
        public ServerSocketChannel open(int backlog) throws IOException {
            removeStale();
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(path), backlog);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
                return channel;
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        /** A server that was killed leaves its socket behind; one that nobody answers at may go. */
        private void removeStale() throws IOException {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            boolean socket = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isOther();
            if (!socket || isAnswered(UnixDomainSocketAddress.of(path))) {
                throw new IOException(path + " is in use");
            }
            Files.delete(path);
        }

        private static boolean isAnswered(SocketAddress address) {
            try (SocketChannel channel = SocketChannel.open(address)) {
                return channel.isConnected();
            } catch (IOException e) { // nobody is there
                return false;
            }
        }

        @Override
        public void remove() throws IOException {
            Files.deleteIfExists(path);
        }

        @Override
        public String toString() {
            return UNIX + path;
        }
    }

    /** What Unix sockets begin with. */
    String UNIX = "unix:";

    /** sun_path of Linux, with its end. */
    int MOST_OF_UNIX_PATH = 107;

    /** Opens it; the caller closes the channel. */
    ServerSocketChannel open(int backlog) throws IOException;

    /** Removes what stays of it after the channel is closed. */
    void remove() throws IOException;

    /** Reads one; empty where the text is none. Never asks DNS. */
    static Optional<ListenAddress> parse(String text) {
        if (text.startsWith(UNIX)) {
            return unix(text.substring(UNIX.length()));
        }
        int colon = text.lastIndexOf(':');
        return colon < 1 ? Optional.empty() : tcp(text.substring(0, colon), text.substring(colon + 1));
    }

    private static Optional<ListenAddress> unix(String path) {
        boolean fits = path.startsWith("/")
                && path.length() <= MOST_OF_UNIX_PATH
                && path.chars().noneMatch(Character::isISOControl);
        return fits ? Optional.of(new Unix(Path.of(path))) : Optional.empty();
    }

    private static Optional<ListenAddress> tcp(String host, String port) {
        boolean bracketed = host.startsWith("[");
        boolean digits = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || Integer.parseInt(port) > 0xffff) {
            return Optional.empty();
        }
        return Address.parse(host)
                .filter(address -> address.v6() == bracketed)
                .map(address -> new Tcp(address, Integer.parseInt(port)));
    }
}
