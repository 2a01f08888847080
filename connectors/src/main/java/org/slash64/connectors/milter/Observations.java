package org.slash64.connectors.milter;

/** Takes what the milter saw. Any thread. */
@FunctionalInterface
public interface Observations {

    /** Takes it without ever blocking; false where it cannot, and what was seen is lost. */
    boolean offer(Observed observed);
}
