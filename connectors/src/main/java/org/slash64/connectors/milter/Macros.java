package org.slash64.connectors.milter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slash64.connectors.log.SafeText;

/** Macros that a mail server sent, of those that are of use. */
final class Macros {

    static final String QUEUE_ID = "i";
    static final String HOST = "j";
    static final String DAEMON = "daemon_name";
    static final String DAEMON_PORT = "daemon_port";
    static final String POINTER_NAME = "client_ptr";
    static final String SASL_METHOD = "auth_type";
    static final String SASL_USER = "auth_authen";
    static final String TLS_VERSION = "tls_version";
    static final String CERTIFICATE_SUBJECT = "cert_subject";

    /** Of one message; the others are of the session. */
    private static final Set<String> OF_MESSAGE = Set.of(QUEUE_ID, SASL_METHOD, SASL_USER);

    private static final Set<String> OF_SESSION =
            Set.of(HOST, DAEMON, DAEMON_PORT, POINTER_NAME, TLS_VERSION, CERTIFICATE_SUBJECT);

    private final Map<String, String> values = new HashMap<>();

    /** Takes those that are sent ahead of a command: the command's byte, then names and values in turn. */
    void take(Payload payload) throws MilterProtocolException {
        payload.octet();
        while (!payload.isAtEnd()) {
            String name = bare(payload.text());
            String value = payload.text();
            if (OF_MESSAGE.contains(name) || OF_SESSION.contains(name)) {
                values.put(name, SafeText.of(value));
            }
        }
    }

    /** Names of more than one character stand in braces. */
    private static String bare(String name) {
        return name.startsWith("{") && name.endsWith("}") ? name.substring(1, name.length() - 1) : name;
    }

    /** Empty also where the mail server sent it empty. */
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    void forgetMessage() {
        values.keySet().removeAll(OF_MESSAGE);
    }

    void forgetAll() {
        values.clear();
    }
}
