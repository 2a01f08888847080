package org.slash64.enrichers.dkim;

/** What is worth knowing about a signature beside its result. */
public enum DkimFlag {
    /** The domain only tests DKIM: t=y of the key. A failure must not count (RFC 6376 section 3.6.1). */
    TESTING("testing"),
    /** Bytes of the body after l= are not signed; anybody may have added them (RFC 6376 section 8.2). */
    UNSIGNED_BODY("unsigned-body"),
    /** rsa-sha1, or an RSA key under 1,024 bits: not to be accepted (RFC 8301 sections 3.1 and 3.2). */
    LEGACY("legacy");

    private final String text;

    DkimFlag(String text) {
        this.text = text;
    }

    /** As commands show it. */
    public String text() {
        return text;
    }
}
