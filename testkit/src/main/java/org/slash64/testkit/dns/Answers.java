package org.slash64.testkit.dns;

import org.xbill.DNS.Name;

/** What a {@link ZoneServer} answers from. Called by its thread alone. */
@FunctionalInterface
public interface Answers {

    /** Answers one question of class IN. */
    ZoneAnswer lookup(Name name, int type);
}
