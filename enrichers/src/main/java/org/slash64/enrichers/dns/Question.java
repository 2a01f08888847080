package org.slash64.enrichers.dns;

import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A name, without regard to case, and a record type; the class is IN. */
record Question(Name name, int type) {
    Question {
        if (!name.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute name: " + name);
        }
        Type.check(type);
    }
}
