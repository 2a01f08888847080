package org.slash64.enrichers.fcrdns;

/** Results of the "iprev" method, RFC 8601 section 2.7.3. */
public enum FcrdnsStatus {
    /** A name of the client has the client's address. */
    PASS("pass"),
    /** The client has names and none has its address. */
    FAIL("fail"),
    /** DNS could not settle it now. */
    TEMPERROR("temperror"),
    /** The client has no usable name. */
    PERMERROR("permerror");

    private final String text;

    FcrdnsStatus(String text) {
        this.text = text;
    }

    /** As RFC 8601 writes it. */
    public String text() {
        return text;
    }
}
