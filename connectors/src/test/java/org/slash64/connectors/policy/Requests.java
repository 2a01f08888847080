package org.slash64.connectors.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as Postfix sends them. */
final class Requests {

    private final Map<String, String> attributes = new LinkedHashMap<>();

    private Requests() {}

    /** A recipient of a message from this client. */
    static Requests rcpt(String client) {
        return new Requests()
                .with("request", "smtpd_access_policy")
                .with("protocol_state", "RCPT")
                .with("protocol_name", "ESMTP")
                .with("client_address", client)
                .with("client_name", "unknown")
                .with("helo_name", "mx.example.org")
                .with("sender", "a@example.org")
                .with("recipient", "b@example.net")
                .with("instance", "1a2b.6924d0c7.0.0")
                .with("sasl_method", "")
                .with("sasl_username", "")
                .with("server_port", "25")
                .with("policy_context", "");
    }

    Requests with(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        return attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue() + "\n")
                .collect(Collectors.joining("", "", "\n"));
    }
}
