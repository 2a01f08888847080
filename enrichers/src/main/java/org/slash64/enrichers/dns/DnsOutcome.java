package org.slash64.enrichers.dns;

/** How a question ended. "There is no such record" and "nobody could say" are never the same. */
public enum DnsOutcome {
    /** Records of the type asked for. */
    ANSWER,
    /** The name exists and has no records of the type (RFC 2308 section 2.2). */
    NODATA,
    /** The name, or the name that its CNAME leads to, does not exist (RFC 2308 section 2.1). */
    NXDOMAIN,
    /** The server failed, or found no server of the zone that answers. */
    SERVFAIL,
    /** The server would not answer this client. */
    REFUSED,
    /** No answer came in time, from any server. */
    TIMEOUT,
    /** An answer that is malformed, of another question, a referral, or of any other RCODE; or no network. */
    ERROR;

    /** Whether the same question may end otherwise when it is asked later; nothing is known about the records. */
    public boolean isTemporary() {
        return switch (this) {
            case ANSWER, NODATA, NXDOMAIN -> false;
            case SERVFAIL, REFUSED, TIMEOUT, ERROR -> true;
        };
    }

    /** Whether DNS said for certain that there is nothing: a void lookup of RFC 7208 section 4.6.4. */
    public boolean isVoid() {
        return this == NODATA || this == NXDOMAIN;
    }
}
