package org.slash64.enrichers.dkim;

/** What is at a key's name. */
public enum DkimKeyStatus {
    /** A key that signatures are verified with. */
    USABLE,
    /** A record that takes the key back: an empty p= (RFC 6376 section 3.6.1). */
    REVOKED,
    /** Records, and none is a key for mail. */
    UNUSABLE,
    /** No TXT record. */
    NONE,
    /** DNS could not say it now. */
    TEMPERROR,
    /** Not asked: selector and domain make no name. */
    INVALID
}
