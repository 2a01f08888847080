package org.slash64.connectors.postfix;

import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/**
 * The client as Postfix logs it: {@code name[address]}, with {@code :port} under smtpd_client_port_logging. The name is
 * {@code unknown} without a PTR, on a mismatch and on a DNS failure alike; Postfix lets only valid host names through.
 *
 * @param name null for unknown
 * @param address null where {@link #fault()} tells why
 * @param fault the fact that stands for a line without a usable client, or null
 * @param end the place behind the token
 */
record ClientToken(String name, Address address, SmtpFact fault, int end) {

    private static final int MAX_NAME = 255; // RFC 1035 section 2.3.4
    private static final int MAX_ADDRESS = 96;
    private static final int MAX_PORT_DIGITS = 5;
    private static final String UNKNOWN = "unknown";

    /** The session of the client; the process serves no other. */
    Session session(String service) {
        return new Session(service, null, address, name);
    }

    boolean usable() {
        return fault == null;
    }

    /** Reads the token that begins at {@code start}. */
    static ClientToken at(String text, int start) {
        int open = start;
        while (open < text.length() && open - start <= MAX_NAME && isNameCharacter(text.charAt(open))) {
            open++;
        }
        int close = open < text.length() && text.charAt(open) == '[' ? text.indexOf(']', open) : -1;
        if (open == start || close < 0 || close - open > MAX_ADDRESS) {
            return new ClientToken(null, null, Text.broken("no client where name[address] is expected"), start);
        }
        String name = text.substring(start, open);
        return of(name.equals(UNKNOWN) ? null : name, text.substring(open + 1, close), afterPort(text, close + 1));
    }

    private static ClientToken of(String name, String address, int end) {
        if (address.equals(UNKNOWN)) {
            return new ClientToken(name, null, new Ignored(Why.NO_CLIENT_ADDRESS), end);
        }
        Optional<Address> parsed = Address.parse(address);
        SmtpFact fault = parsed.isPresent()
                ? null
                : new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
        return new ClientToken(name, parsed.orElse(null), fault, end);
    }

    /** Names are checked by Postfix, but a wild log is read with patience: anything that is not a separator. */
    private static boolean isNameCharacter(char c) {
        return c > ' ' && c != '[' && c != ']' && c != '<' && c != '>' && c != ';' && !Character.isISOControl(c);
    }

    private static int afterPort(String text, int start) {
        int end = start + 1;
        while (end < text.length() && end - start <= MAX_PORT_DIGITS && isDigit(text.charAt(end))) {
            end++;
        }
        return start < text.length() && text.charAt(start) == ':' && end > start + 1 ? end : start;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
