package org.slash64.topology.listing;

import java.util.List;
import java.util.Optional;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;

/** Tells what the allowlist says of a subject. */
@FunctionalInterface
public interface AllowedBy {

    /** The entry that has been in force longest of those that a subject lies within; empty where it may be listed. */
    Optional<AllowEntry> entryOver(Subject subject);

    /** Entries that do not change. */
    static AllowedBy always(List<AllowEntry> entries) {
        return new FixedAllowlist(entries);
    }
}
