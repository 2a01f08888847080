package org.slash64.connectors.sendmail;

import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.schemas.Address;

/**
 * The client as Sendmail logs it: {@code name [address]}, {@code [address]} without a PTR, {@code user@name [address]} with an
 * answer of RFC 1413, and {@code  (may be forged)} behind it where the name does not lead back to the address. What has no
 * address is the host itself.
 *
 * @param name null where there is none that can be believed
 * @param address null where {@link #fault()} tells why
 * @param fault the fact that stands for a line without a usable client, or null
 * @param end the place behind the token
 */
record Relay(String name, Address address, SmtpFact fault, int end) {

    /** One process serves one client at a time, whatever name the daemon was given. */
    private static final String SERVICE = "sendmail";

    private static final String FORGED = " (may be forged)";
    private static final int MAX_NAME = 600; // a name of RFC 1035, and what an ident server says
    private static final int MAX_ADDRESS = 96;

    boolean usable() {
        return fault == null;
    }

    Session session() {
        return new Session(SERVICE, null, address, name);
    }

    /** The session of a line that names no client: the process tells it. */
    static Session unnamed() {
        return new Session(SERVICE, null, null, null);
    }

    /** Reads the token that begins at {@code start}. */
    static Relay at(String text, int start) {
        int open = text.indexOf('[', start);
        int close = open < 0 ? -1 : text.indexOf(']', open);
        int comma = text.indexOf(", ", start);
        boolean named = open >= 0 && open - start <= MAX_NAME && (comma < 0 || comma > open);
        if (!named || close < 0 || close - open > MAX_ADDRESS || (open > start && text.charAt(open - 1) != ' ')) {
            return new Relay(null, null, new Ignored(Why.LOCAL_ORIGIN), start);
        }
        int end = text.startsWith(FORGED, close + 1) ? close + 1 + FORGED.length() : close + 1;
        String name = end > close + 1 ? "" : text.substring(start, open).strip();
        return of(name, text.substring(open + 1, close), end);
    }

    /** From a name that is empty or in brackets where there is none, and an address. */
    static Relay of(String name, String address, int end) {
        String host = name.substring(name.lastIndexOf('@') + 1);
        Optional<Address> parsed = Address.parse(address);
        SmtpFact fault = parsed.isPresent()
                ? null
                : new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
        return new Relay(
                host.isEmpty() || host.startsWith("[") ? null : SafeText.of(host), parsed.orElse(null), fault, end);
    }

    /** The token that the line ends with, behind the last of the keys: nothing that a client wrote comes later. */
    static Relay last(String text, String key) {
        int at = text.lastIndexOf(key);
        return at < 0 ? new Relay(null, null, Text.broken("no client"), text.length()) : at(text, at + key.length());
    }
}
