package org.slash64.topology.listing;

import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;

/** What speaks for and against a subject as of the end of one bucket. */
sealed interface Grounds permits PrefixGrounds, DomainGrounds {

    /** Whether they suffice for listing it. */
    boolean suffice();

    /** Whether so much speaks for it that it may not be listed, whatever limit it crossed. */
    boolean forbid();

    /** Whether so much speaks for it that its listing has to end. */
    boolean end(Listing inForce);

    /** The figures of a prefix; null for a domain. */
    Evidence evidence();

    /** The reputation of a domain; null for a prefix. */
    DomainReputation reputation();

    /** The figures in words. */
    String inWords();
}
