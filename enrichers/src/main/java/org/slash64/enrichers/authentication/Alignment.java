package org.slash64.enrichers.authentication;

/** How the domain of the From field relates to a proven domain (RFC 7489 section 3.1). */
public enum Alignment {
    /** The same domain. */
    STRICT,
    /** Another domain of the same organisational domain. */
    RELAXED,
    /** Another organisational domain, or one that this method cannot vouch for. */
    NONE,
    /** DNS could not settle now whether a domain of the From field's organisation is proven. */
    TEMPERROR,
    /** The From field was not seen, or does not name one domain; or not all that could prove it was seen. */
    NOT_KNOWN
}
