package org.slash64.connectors.answer;

/**
 * What an answer can rest on. Extended codes are of RFC 3463 and RFC 7372.
 */
public enum Ground {
    /** A listing holds the client. */
    LISTED_CLIENT("listed-client", Action.REJECT, 554, "7.1", "a listed prefix holds the client"),
    /** A domain that the mail is authenticated for is listed, or one above it. */
    LISTED_DOMAIN("listed-domain", Action.REJECT, 550, "7.1", "a domain that the mail is authenticated for is listed"),
    /** A limit is in force whose rule asks for rejection. */
    LIMIT_REJECT("limit-reject", Action.REJECT, 550, "7.1", "a limit with the action REJECT is in force"),
    /** A limit is in force whose rule asks for deferral. */
    LIMIT_DEFER("limit-defer", Action.DEFER, 550, "7.1", "a limit with the action DEFER is in force"),
    /** A limit is in force whose rule asks for a mark. */
    LIMIT_MARK("limit-mark", Action.MARK, 550, "7.1", "a limit with the action MARK is in force"),
    /** An IPv6 client without a name. */
    NO_PTR("no-ptr", Action.MARK, 550, "7.25", "an IPv6 client has no PTR record"),
    /** An IPv6 client whose names do not have its address. */
    FCRDNS_FAIL("fcrdns-fail", Action.MARK, 550, "7.25", "no PTR name of an IPv6 client has its address"),
    /** Mail of an IPv6 client for which neither SPF nor DKIM passes; only who sees the message can say so. */
    UNAUTHENTICATED("unauthenticated", Action.MARK, 550, "7.26", "neither SPF nor DKIM passes over IPv6 (milter only)");

    private final String text;
    private final Action byDefault;
    private final int code;
    private final String detail;
    private final String words;

    Ground(String text, Action byDefault, int code, String detail, String words) {
        this.text = text;
        this.byDefault = byDefault;
        this.code = code;
        this.detail = detail;
        this.words = words;
    }

    /** As in configurations and header fields. */
    public String text() {
        return text;
    }

    /** What holds unless configured otherwise. */
    public Action byDefault() {
        return byDefault;
    }

    /** When it is one, for people. */
    public String words() {
        return words;
    }

    /** The code of a reply that refuses for good. */
    int code() {
        return code;
    }

    /** Subject and detail of the enhanced status code. */
    String detail() {
        return detail;
    }
}
