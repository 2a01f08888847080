package org.slash64.connectors.shipper;

/** A record that looks like a shipper's envelope and is none; the message tells in one sentence why. */
final class EnvelopeException extends Exception {

    private static final long serialVersionUID = 1;

    EnvelopeException(String message) {
        super(message, null, false, false); // hostile input makes many of them, and nobody reads their stack
    }
}
