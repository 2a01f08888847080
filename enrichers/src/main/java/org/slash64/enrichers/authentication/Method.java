package org.slash64.enrichers.authentication;

/** What proved a domain. */
public enum Method {
    /** SPF on the domain of MAIL FROM, or of HELO for the null sender (RFC 7208 section 2.4). */
    SPF_MAIL_FROM,
    /** SPF on HELO (RFC 7208 section 2.3). */
    SPF_HELO,
    /** A signature's d= (RFC 6376). */
    DKIM
}
