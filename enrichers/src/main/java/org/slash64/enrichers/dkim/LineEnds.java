package org.slash64.enrichers.dkim;

/** How lines end in what a collector is fed with. DKIM hashes lines that end with CRLF (RFC 6376 section 5.3). */
public enum LineEnds {
    /** CRLF, as on the wire; a bare CR or LF is content. */
    CRLF,
    /** CRLF or a bare LF, which becomes CRLF. */
    LF,
    /** As {@link #LF} when the first line ends with a bare LF, as {@link #CRLF} otherwise. For files. */
    OF_FIRST_LINE
}
