package org.slash64.testkit.dns;

import org.xbill.DNS.Name;

/** What a {@link ZoneServer} serves: one answer to each question, whichever thread asks. */
public interface Zone {

    /** Answers a question of class IN. */
    ZoneAnswer lookup(Name name, int type);
}
