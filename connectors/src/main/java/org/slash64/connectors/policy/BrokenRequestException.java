package org.slash64.connectors.policy;

/** What came is no request of the protocol. */
final class BrokenRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenRequestException(String message) {
        super(message, null, false, false); // expected of hostile peers; a stack trace would cost more than the request
    }
}
