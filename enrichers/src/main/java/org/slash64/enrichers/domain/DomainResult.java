package org.slash64.enrichers.domain;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What was found out about one name.
 *
 * @param text the name as it was first seen, cut to {@link DomainName#MAX_NAME} characters, with a question mark for
 *     whatever does not print
 * @param roles where it was seen
 * @param name the name as read
 * @param registration its organisational domain
 * @param existence whether mail could go there
 * @param blocklists what the lists say that were asked
 */
public record DomainResult(
        String text,
        Set<DomainRole> roles,
        DomainName name,
        Registration registration,
        Existence existence,
        List<BlocklistAnswer> blocklists) {
    /** Copies the collections; roles keep the order of the enum. */
    public DomainResult {
        roles = Collections.unmodifiableSet(EnumSet.copyOf(roles));
        blocklists = List.copyOf(blocklists);
    }
}
