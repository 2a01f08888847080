package org.slash64.connectors.milter;

/** The other side does not keep to the protocol, or to the limits here; the connection ends, without any answer. */
final class MilterProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    MilterProtocolException(String message) {
        super(message);
    }
}
