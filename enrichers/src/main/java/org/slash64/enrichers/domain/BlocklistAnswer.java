package org.slash64.enrichers.domain;

import java.util.List;

/**
 * What a list says of a name or an address.
 *
 * @param list {@link DnsBlocklist#name()}
 * @param listings what is listed; empty unless {@link BlocklistStatus#LISTED}
 * @param detail for an error what was answered, in words for people and safe to print; else empty
 */
public record BlocklistAnswer(String list, BlocklistStatus status, List<Listing> listings, String detail) {
    /** Copies the list. */
    public BlocklistAnswer {
        listings = List.copyOf(listings);
    }
}
