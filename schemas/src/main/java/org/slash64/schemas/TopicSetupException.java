package org.slash64.schemas;

/** The topics could not be looked up or created. The message is one line for the operator. */
public final class TopicSetupException extends Exception {
    private static final long serialVersionUID = 1L;

    TopicSetupException(String message, Throwable cause) {
        super(message, cause);
    }
}
