package org.slash64.enrichers.domain;

import java.util.List;

/**
 * What was found out about the names of an event.
 *
 * @param domains one for each name, in the order they were given
 * @param passedOver names beyond the limit, of which nothing is known
 */
public record DomainReport(List<DomainResult> domains, int passedOver) {
    /** Copies the list. */
    public DomainReport {
        domains = List.copyOf(domains);
    }
}
