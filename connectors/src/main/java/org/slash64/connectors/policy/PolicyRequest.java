package org.slash64.connectors.policy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slash64.connectors.answer.Mail;
import org.slash64.schemas.Address;

/**
 * One request: {@code name=value} lines. Of an attribute that is there twice the last value counts.
 *
 * @param state of the SMTP session (protocol_state), such as {@code RCPT}
 * @param instance tells calls for one message apart from those for others; empty where Postfix does not say
 * @param mail what was told of the session
 */
record PolicyRequest(String state, String instance, Mail mail) {

    private static final String REQUEST = "smtpd_access_policy";

    /** Of the length of an instance; Postfix makes it of a process id, a time and a counter. */
    private static final int MAX_INSTANCE = 128;

    /** Digits of a port. */
    private static final int MAX_PORT = 5;

    /**
     * Reads a request.
     *
     * @param bytes holds it from one index to another, with the end of its last line, without the empty line
     */
    static PolicyRequest parse(byte[] bytes, int from, int to) throws BrokenRequestException {
        Fields fields = new Fields();
        int attributes = 0;
        for (int start = from; start < to; ) {
            int end = indexOf(bytes, '\n', start, to);
            int equals = indexOf(bytes, '=', start, end);
            if (equals == end || end == to || indexOf(bytes, 0, start, end) < end) {
                throw new BrokenRequestException("a line is no attribute");
            }
            if (++attributes > PolicyLimits.MAX_ATTRIBUTES) {
                throw new BrokenRequestException("too many attributes");
            }
            fields.take(text(bytes, start, equals), bytes, equals + 1, end);
            start = end + 1;
        }
        return fields.request();
    }

    /** The place of the byte, or the end. */
    private static int indexOf(byte[] bytes, int wanted, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** True where the mail is to be judged in this state. */
    boolean isJudged() {
        return isAtRecipient() || state.equals("END-OF-MESSAGE");
    }

    /** True where a header field can still be added: not behind the message (access(5), PREPEND). */
    boolean isAtRecipient() {
        return state.equals("RCPT");
    }

    /** Attributes as they come; those that nobody needs are not even decoded. */
    private static final class Fields {

        private String request = "";
        private String state = "";
        private String instance = "";
        private String client = "";
        private String helo = "";
        private String sender = "";
        private String service = "";
        private String port = "";
        private boolean loggedIn;

        void take(String name, byte[] bytes, int from, int to) {
            switch (name) {
                case "request" -> request = text(bytes, from, to);
                case "protocol_state" -> state = text(bytes, from, to);
                case "instance" -> instance = text(bytes, from, Math.min(to, from + MAX_INSTANCE));
                case "client_address" -> client = text(bytes, from, to);
                case "helo_name" -> helo = text(bytes, from, to);
                case "sender" -> sender = text(bytes, from, to);
                case "policy_context" -> service = text(bytes, from, to);
                case "server_port" -> port = text(bytes, from, Math.min(to, from + MAX_PORT));
                case "sasl_method", "sasl_username" -> loggedIn |= to > from;
                default -> {
                    // of no use here
                }
            }
        }

        PolicyRequest request() throws BrokenRequestException {
            if (!request.equals(REQUEST)) {
                throw new BrokenRequestException("no " + REQUEST);
            }
            Mail mail = new Mail(
                    Address.parse(client),
                    loggedIn,
                    Mail.service(service, portNumber()),
                    Optional.of(helo).filter(name -> !name.isEmpty()),
                    Optional.of(sender),
                    Optional.empty());
            return new PolicyRequest(state, instance, mail);
        }

        /** 0 where there is none. */
        private int portNumber() {
            boolean digits = !port.isEmpty() && port.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? Integer.parseInt(port) : 0;
        }
    }
}
