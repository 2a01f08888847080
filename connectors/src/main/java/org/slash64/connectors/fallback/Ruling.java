package org.slash64.connectors.fallback;

/** Whether 421 is said, and if not, why. */
public enum Ruling {
    /** It is. */
    TELL("said"),
    /** The sender never comes over IPv4. */
    EXEMPT("exempt"),
    /** It was told often enough for now. */
    CAPPED("told often enough"),
    /** It was said often enough for now in all. */
    OVER_BUDGET("over the budget"),
    /** It does not work now. */
    BREAKER_OPEN("held by the breaker"),
    /** Who is exempt is not known yet, or was too long ago. */
    NOT_KNOWN("senders not known");

    private final String words;

    Ruling(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
