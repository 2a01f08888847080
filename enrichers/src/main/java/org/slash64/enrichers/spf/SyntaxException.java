package org.slash64.enrichers.spf;

/** Text that does not follow the grammar; never leaves this package. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
        super(message, null, false, false);
    }
}
