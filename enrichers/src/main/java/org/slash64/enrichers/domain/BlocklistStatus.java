package org.slash64.enrichers.domain;

/** How asking a list ended. */
public enum BlocklistStatus {
    LISTED,
    NOT_LISTED,
    /** DNS could not say it now. */
    TEMPERROR,
    /** The list refuses to answer, another than the list answered, or the answer has no known meaning: no listing. */
    ERROR
}
