package org.slash64.enrichers.spf;

/** Results of a check, RFC 7208 section 2.6. */
public enum SpfStatus {
    /** No domain to check, or no SPF record at it. */
    NONE("none"),
    /** The domain says nothing about the client. */
    NEUTRAL("neutral"),
    /** The client may send for the domain. */
    PASS("pass"),
    /** The client may not. */
    FAIL("fail"),
    /** The client probably may not. */
    SOFTFAIL("softfail"),
    /** DNS could not settle it now. */
    TEMPERROR("temperror"),
    /** The domain's records cannot be interpreted. */
    PERMERROR("permerror");

    private final String text;

    SpfStatus(String text) {
        this.text = text;
    }

    /** As RFC 7208 writes it. */
    public String text() {
        return text;
    }
}
