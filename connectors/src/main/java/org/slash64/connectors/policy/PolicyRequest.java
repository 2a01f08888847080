package org.slash64.connectors.policy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
            Attribute attribute = Attribute.of(bytes, start, equals);
            if (attribute != null) {
                fields.take(attribute, bytes, equals + 1, end);
            }
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

    /** Attributes that are of use here, by their names in SMTPD_POLICY_README. */
    private enum Attribute {
        REQUEST,
        PROTOCOL_STATE,
        INSTANCE,
        CLIENT_ADDRESS,
        HELO_NAME,
        SENDER,
        POLICY_CONTEXT,
        SERVER_PORT,
        SASL_METHOD,
        SASL_USERNAME;

        private static final Attribute[] ALL = values();

        private final String text = name().toLowerCase(Locale.ROOT);

        /** Null for those of no use; their names are not even decoded. */
        static Attribute of(byte[] bytes, int from, int to) {
            for (Attribute attribute : ALL) {
                if (attribute.text.length() == to - from && attribute.isAt(bytes, from)) {
                    return attribute;
                }
            }
            return null;
        }

        private boolean isAt(byte[] bytes, int from) {
            for (int i = 0; i < text.length(); i++) {
                if (bytes[from + i] != text.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Attributes as they come. */
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

        void take(Attribute attribute, byte[] bytes, int from, int to) {
            switch (attribute) {
                case REQUEST -> request = text(bytes, from, to);
                case PROTOCOL_STATE -> state = text(bytes, from, to);
                case INSTANCE -> instance = text(bytes, from, Math.min(to, from + MAX_INSTANCE));
                case CLIENT_ADDRESS -> client = text(bytes, from, to);
                case HELO_NAME -> helo = text(bytes, from, to);
                case SENDER -> sender = text(bytes, from, to);
                case POLICY_CONTEXT -> service = text(bytes, from, to);
                case SERVER_PORT -> port = text(bytes, from, Math.min(to, from + MAX_PORT));
                case SASL_METHOD, SASL_USERNAME -> loggedIn |= to > from;
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
