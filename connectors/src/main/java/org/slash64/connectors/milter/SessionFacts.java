package org.slash64.connectors.milter;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What is known of a session so far, for {@link Session}. */
final class SessionFacts {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_DIGITS = 5;

    /** What some mail servers write where there is no name or TLS. */
    private static final String NOTHING = "unknown";

    private final String id = UUID.randomUUID().toString().replace("-", "");
    private final Client client;
    private final Instant connected;
    private Optional<String> helo = Optional.empty();

    SessionFacts(Client client, Instant connected) {
        this.client = client;
        this.connected = connected;
    }

    void helo(String said) {
        helo = Optional.of(said).filter(text -> !text.isEmpty());
    }

    Session session(Macros macros) {
        return new Session(
                id,
                connected,
                macros.get(Macros.HOST),
                macros.get(Macros.DAEMON),
                macros.get(Macros.DAEMON_PORT).map(SessionFacts::port).orElse(0),
                client.address(),
                client.port(),
                client.name(),
                macros.get(Macros.POINTER_NAME).filter(name -> !name.equals(NOTHING)),
                helo,
                macros.get(Macros.TLS_VERSION),
                macros.get(Macros.CERTIFICATE_SUBJECT));
    }

    private static int port(String text) {
        boolean digits = text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : 0;
        return port > MAX_PORT ? 0 : port;
    }
}
