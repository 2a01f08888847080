package org.slash64.connectors.answer;

/** What a mail server is to do with a client or a message. */
public sealed interface Answer {

    /** Nothing: slash64 has no opinion, or is in doubt. */
    record NoOpinion() implements Answer {}

    /**
     * Accept, with a header field that says what was found.
     *
     * @param field name of the header field
     * @param value its value, one line of printable ASCII
     */
    record Mark(String field, String value) implements Answer {}

    /** Accept into quarantine. */
    record Quarantine(Reply reply) implements Answer {}

    /** Refuse for good: 5xx. */
    record Reject(Reply reply) implements Answer {}

    /** Refuse for now: 4xx. */
    record Defer(Reply reply) implements Answer {}

    /** Refuse with 421 and end the session, so that the client tries another MX, over IPv4. Never for IPv4 clients. */
    record TryIpv4(Reply reply) implements Answer {}

    /**
     * An SMTP reply (RFC 5321 section 4.2, RFC 3463).
     *
     * @param code three digits
     * @param enhanced enhanced status code, of the same class as the code
     * @param text one line of printable ASCII; it has the word slash64, by which such refusals are known in logs
     */
    record Reply(int code, String enhanced, String text) {

        /** As the server sends it, in one line. */
        public String line() {
            return code + " " + enhanced + " " + text;
        }
    }
}
