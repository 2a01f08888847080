package org.slash64.enrichers.domain;

/** What DNS has of a name for mail (RFC 5321 section 5.1). */
public enum ExistenceStatus {
    /** It has MX records. */
    HAS_MX,
    /** It says that it takes no mail (RFC 7505). */
    NULL_MX,
    /** It has addresses and no MX, so that it is its own mail host (RFC 5321 section 5.1). */
    ADDRESS_ONLY,
    /** It exists, and mail to it could go nowhere. */
    NO_MAIL_HOST,
    /** It does not exist. */
    NXDOMAIN,
    /** DNS could not say it now. */
    TEMPERROR,
    /** Not asked: the text is no name. */
    INVALID
}
