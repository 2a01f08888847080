package org.slash64.topology.replay;

import java.util.SortedMap;

/**
 * Authenticated mail that only one of two sets of rules would have kept out.
 *
 * @param subject the listing that would have
 * @param messages by the organisational domain that authenticated them; a message of two domains counts for each
 */
public record Blocked(String subject, SortedMap<String, Long> messages) {

    /** Messages in all. */
    public long total() {
        return messages.values().stream().mapToLong(Long::longValue).sum();
    }
}
