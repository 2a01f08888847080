package org.slash64.enrichers.authentication;

/** Whether a client and its message meet mandatory authentication: confirmed reverse DNS, and SPF or DKIM. */
public enum AuthenticationOutcome {
    /** Both conditions are met. */
    PASSED("passed"),
    /** One condition is not met, whatever else might still become known. */
    FAILED("failed"),
    /** DNS could not settle it now; asking again may. */
    TEMPERROR("temperror"),
    /** What was seen does not suffice to say it. Never evidence. */
    NOT_KNOWN("not known");

    private final String text;

    AuthenticationOutcome(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** Both are needed. */
    AuthenticationOutcome and(AuthenticationOutcome other) {
        return worse(other, FAILED, NOT_KNOWN, TEMPERROR);
    }

    /** One of them suffices. */
    AuthenticationOutcome or(AuthenticationOutcome other) {
        return worse(other, PASSED, NOT_KNOWN, TEMPERROR);
    }

    /** The first in this order that either has, else what both have. */
    private AuthenticationOutcome worse(AuthenticationOutcome other, AuthenticationOutcome... order) {
        for (AuthenticationOutcome outcome : order) {
            if (this == outcome || other == outcome) {
                return outcome;
            }
        }
        return this;
    }
}
