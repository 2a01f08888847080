package org.slash64.connectors.exim;

import java.util.Optional;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/**
 * The client as Exim logs it: {@code name (helo) [address]:port}, and the fields behind it. The name is missing where there is
 * no confirmed one, the HELO argument where it is the name or the address, the port without {@code +incoming_port}. HELO may
 * hold brackets of its own, and the statement behind the fields texts of the client's: so the first address counts from
 * which the line goes on as the statement must; where it never does, since there are fields that are not known, the first.
 *
 * @param name host name or null
 * @param helo argument of HELO or null
 * @param address null where {@link #fault} tells why
 * @param port text, or null
 * @param fields what stands behind
 * @param end where the statement goes on
 */
record Client(String name, String helo, Address address, String port, Fields fields, int end, SmtpFact fault) {

    private static final String SERVICE = "exim";
    private static final int MAX_NAME = 255; // RFC 1035 section 2.3.4
    private static final int MAX_ADDRESS = 96;
    private static final int MAX_PORT_DIGITS = 5;
    private static final int MAX_CANDIDATES = 16;

    boolean usable() {
        return fault == null;
    }

    /**
     * Reads the client whose name, HELO or address begins at {@code start}.
     *
     * @param goesOn what may follow the fields; an empty text stands for the end of the line
     */
    static Client at(String text, int start, String... goesOn) {
        int nameEnd = text.startsWith("(", start) ? start : Text.wordEnd(text, start);
        int open = bracket(text, start, nameEnd, start);
        Client first = null;
        boolean bad = open >= 0;
        for (int tried = 0; open >= 0 && tried < MAX_CANDIDATES; tried++) {
            Client client = candidate(text, start, nameEnd, open);
            if (client != null && follows(text, client.end, goesOn)) {
                return client;
            }
            first = first == null ? client : first;
            open = bracket(text, start, nameEnd, open + 1);
        }
        SmtpFact fault = bad ? Text.badAddress() : Text.broken("no client where one is expected");
        return first == null ? new Client(null, null, null, null, null, start, fault) : first;
    }

    /** The next bracket that stands where an address may: at the start, behind a name, behind a HELO in parentheses. */
    private static int bracket(String text, int start, int nameEnd, int from) {
        for (int open = text.indexOf('[', from); open >= 0; open = text.indexOf('[', open + 1)) {
            boolean named = nameEnd > start && open == nameEnd + 1 && nameEnd - start <= MAX_NAME;
            if (open == start || named || isHelo(text, nameEnd > start ? nameEnd + 1 : start, open)) {
                return open;
            }
        }
        return -1;
    }

    /** True for {@code (helo)} and a blank between the places. */
    private static boolean isHelo(String text, int start, int open) {
        return open >= start + 3
                && text.charAt(open - 1) == ' '
                && text.charAt(open - 2) == ')'
                && text.charAt(start) == '(';
    }

    private static boolean follows(String text, int at, String... goesOn) {
        for (String statement : goesOn) {
            if (statement.isEmpty() ? at == text.length() : text.startsWith(statement, at)) {
                return true;
            }
        }
        return false;
    }

    private static Client candidate(String text, int start, int nameEnd, int open) {
        int close = text.indexOf(']', open);
        Optional<Address> address = close < 0 || close - open > MAX_ADDRESS
                ? Optional.empty()
                : Address.parse(text.substring(open + 1, close));
        if (address.isEmpty()) {
            return null;
        }
        int portEnd = afterPort(text, close + 1);
        String port = portEnd > close + 1 ? text.substring(close + 2, portEnd) : null;
        Fields fields = Fields.at(text, portEnd);
        boolean named = nameEnd > start && open > start;
        int helo = text.indexOf('(', named ? nameEnd : start);
        return new Client(
                named ? text.substring(start, nameEnd) : null,
                helo >= 0 && helo < open ? SafeText.of(text.substring(helo + 1, open - 2)) : null,
                address.get(),
                port,
                fields,
                fields.end(),
                null);
    }

    private static int afterPort(String text, int start) {
        int end = Text.digitsEnd(text, start + 1);
        boolean port = text.startsWith(":", start) && end > start + 1 && end - start <= MAX_PORT_DIGITS + 1;
        return port ? end : start;
    }

    /** With a port the session has a name of its own; without it the process tells it. */
    Session session() {
        String id = port == null ? null : address + ":" + port;
        return new Session(service(), id, address, name == null ? null : SafeText.of(name));
    }

    /** The ports of RFC 6409 section 3.1 and RFC 8314 section 3.3 tell a submission, where {@code +incoming_interface} is on. */
    private String service() {
        String at = fields.get(Field.INTERFACE);
        if (at == null) {
            return SERVICE;
        }
        return at.endsWith("]:587") ? "submission" : at.endsWith("]:465") ? "smtps" : SERVICE;
    }
}
