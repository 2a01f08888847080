package org.slash64.deploy.state;

/** Nobody has the state of a subject now; the message says why. */
public final class StateUnavailableException extends Exception {

    private static final long serialVersionUID = 1;

    public StateUnavailableException(String message) {
        super(message);
    }
}
