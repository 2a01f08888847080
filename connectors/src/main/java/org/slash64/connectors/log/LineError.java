package org.slash64.connectors.log;

/**
 * Why a line that should have been readable was not.
 *
 * @param reason the kind of fault
 * @param detail one sentence for whoever looks at the line later
 */
public record LineError(Reason reason, String detail) implements ParsedLine {

    /** The kinds of fault. */
    public enum Reason {
        /** Nothing but white space. */
        EMPTY,
        /** Longer than {@link SyslogParser#MAX_LINE_BYTES}. */
        TOO_LONG,
        /** No syslog header, and characters that no text has. */
        BINARY,
        /** Text, but no syslog header. */
        NO_SYSLOG_HEADER,
        /** A shipper's envelope that is no JSON object, or does not hold what makes a line. */
        BAD_ENVELOPE,
        /** A time stamp that is no point in time. */
        BAD_TIMESTAMP,
        /** A known statement of a mail server that goes on as none does. */
        BROKEN_STATEMENT,
        /** A statement about a client whose address is not an address. */
        BAD_CLIENT_ADDRESS,
        /** A statement of a host beyond the number of hosts that are known at a time. */
        TOO_MANY_HOSTS
    }
}
