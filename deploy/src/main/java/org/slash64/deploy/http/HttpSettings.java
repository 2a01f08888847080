package org.slash64.deploy.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.schemas.Address;

/**
 * How the HTTP server is set up.
 *
 * @param listen where
 * @param advertised by what host and port other instances reach it; empty for where it listens
 * @param names host names by which it is asked, besides addresses and {@code localhost}
 * @param token that writing needs; empty where nobody may write
 * @param tls empty for plain HTTP
 * @param requestsPerSecond of one client, an IPv4 address or a /64
 * @param eventStreams open at a time
 */
public record HttpSettings(
        ListenAddress.Tcp listen,
        Optional<String> advertised,
        List<String> names,
        Optional<String> token,
        Optional<Tls> tls,
        int requestsPerSecond,
        int eventStreams) {

    /**
     * What TLS takes.
     *
     * @param keystore PKCS 12 with the key and its certificates
     */
    public record Tls(Path keystore, String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return keystore.toString();
        }
    }

    /** Of nothing else that is well known. */
    public static final int PORT = 8064;

    /** A page of the dashboard takes ten. */
    public static final int REQUESTS_PER_SECOND = 200;

    /** One for each page that somebody looks at. */
    public static final int EVENT_STREAMS = 64;

    /** Lists, delists and feedback are short. */
    static final int MAX_BODY = 16 * 1024;

    static final int MAX_HEADER = 8 * 1024;
    static final int MAX_CONNECTIONS = 512;
    static final int MAX_THREADS = 32;

    /** A connection on which nothing comes or goes for so long is closed. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** On loopback, for reading alone. */
    public static HttpSettings defaults() {
        return new HttpSettings(
                new ListenAddress.Tcp(Address.parse("127.0.0.1").orElseThrow(), PORT),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                REQUESTS_PER_SECOND,
                EVENT_STREAMS);
    }

    /** The same elsewhere. */
    public HttpSettings at(ListenAddress.Tcp other) {
        return new HttpSettings(other, advertised, names, token, tls, requestsPerSecond, eventStreams);
    }

    /** http or https. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** Without the token. */
    @Override
    public String toString() {
        return scheme() + "://" + listen;
    }
}
