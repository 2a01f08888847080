package org.slash64.enrichers.dkim;

/** A signature or a key record that breaks the grammar; the message is safe to print. Never leaves the package. */
final class DkimSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    DkimSyntaxException(String message) {
        super(message);
    }
}
