package org.slash64.connectors.answer;

/** What an operator can choose for a {@link Ground}, the mildest first. */
public enum Action {
    /** Nothing. */
    ACCEPT("accept"),
    /** Accept with a header field that says what was found. */
    MARK("mark"),
    /** Accept into quarantine; where that cannot be said, as by the policy protocol, {@link #MARK}. */
    QUARANTINE("quarantine"),
    /** Refuse for now, 4xx. */
    DEFER("defer"),
    /** Refuse with 421, so that the client tries the MX that has only IPv4; an IPv4 client is told {@link #DEFER}. */
    TRY_IPV4("421"),
    /** Refuse for good, 5xx. */
    REJECT("reject");

    private final String text;

    Action(String text) {
        this.text = text;
    }

    /** As in configurations. */
    public String text() {
        return text;
    }
}
