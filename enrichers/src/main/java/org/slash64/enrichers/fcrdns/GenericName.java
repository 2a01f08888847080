package org.slash64.enrichers.fcrdns;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A name that looks generic: made by a rule for all addresses of a network, not given to a host that means to send mail.
 *
 * @param name the name
 * @param signs what makes it look so, at least one besides {@link GenericSign#STATIC}
 * @param reason the same in words for people
 */
public record GenericName(String name, Set<GenericSign> signs, String reason) {
    /** Copies the set, in the enum's order. */
    public GenericName {
        signs = Collections.unmodifiableSet(EnumSet.copyOf(signs));
    }
}
