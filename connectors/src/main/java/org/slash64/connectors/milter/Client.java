package org.slash64.connectors.milter;

import java.util.Optional;
import org.slash64.connectors.log.SafeText;
import org.slash64.schemas.Address;

/** The client of a session, as the mail server tells at connect. */
record Client(Optional<String> name, Optional<Address> address, int port) {

    private static final char IPV4 = '4';
    private static final char IPV6 = '6';
    private static final char LOCAL = 'L';
    private static final char UNKNOWN = 'U';

    private static final String NO_NAME = "unknown";

    static Client of(Payload payload) throws MilterProtocolException {
        Optional<String> name = Optional.of(payload.safeText()).filter(Client::isName);
        char family = (char) payload.octet();
        return switch (family) {
            case IPV4, IPV6 -> {
                int port = payload.unsignedShort();
                yield new Client(name, Address.parse(payload.text()), port);
            }
            case LOCAL, UNKNOWN -> new Client(name, Optional.empty(), 0);
            default -> throw new MilterProtocolException("a client of address family " + SafeText.of("" + family));
        };
    }

    /** Where there is none, mail servers write the address in brackets, or that it is unknown. */
    private static boolean isName(String text) {
        return !text.isEmpty() && !text.startsWith("[") && !text.equals(NO_NAME);
    }
}
