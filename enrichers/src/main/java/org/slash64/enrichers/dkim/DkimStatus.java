package org.slash64.enrichers.dkim;

/** Results of DKIM, RFC 8601 section 2.7.1. */
public enum DkimStatus {
    /** The message has no signature. */
    NONE("none"),
    /** The signature fits the message and its domain's key. */
    PASS("pass"),
    /** The body hash or the signature does not fit. */
    FAIL("fail"),
    /** Not evaluated, or not accepted, because of a limit set here. */
    POLICY("policy"),
    /** Not evaluated for another reason. */
    NEUTRAL("neutral"),
    /** The key could not be looked up now. */
    TEMPERROR("temperror"),
    /** The signature or its key is unusable, or a standard forbids to accept it; it stays so. */
    PERMERROR("permerror");

    private final String text;

    DkimStatus(String text) {
        this.text = text;
    }

    /** As RFC 8601 writes it. */
    public String text() {
        return text;
    }
}
