package org.slash64.enrichers.domain;

/** Where a name was seen. */
public enum DomainRole {
    /** A name that reverse DNS gives the client. */
    PTR,
    /** What the client called itself in HELO or EHLO (RFC 5321 section 4.1.1.1). */
    HELO,
    /** The domain of the envelope sender (RFC 5321 section 4.1.1.2). */
    MAIL_FROM,
    /** A domain of the From field (RFC 5322 section 3.6.2). */
    FROM,
    /** A domain of the Reply-To field. */
    REPLY_TO,
    /** The domain of the Sender field. */
    SENDER,
    /** The d= of a DKIM signature (RFC 6376 section 3.5). */
    DKIM_D,
    /** A name in the client's TLS certificate (RFC 6125 section 6.4); it may begin with {@code *.}. */
    TLS_NAME
}
