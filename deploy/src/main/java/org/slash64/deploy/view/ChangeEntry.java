package org.slash64.deploy.view;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slash64.schemas.ListingChange;

/**
 * A change of a listing, for people.
 *
 * @param change listed, extended, escalated, narrowed or delisted
 * @param expires empty after a delisting
 */
public record ChangeEntry(
        String subject, String change, Instant at, String why, int strikes, Optional<Instant> expires) {

    /** Of a record. */
    public static ChangeEntry of(ListingChange change) {
        return new ChangeEntry(
                change.getSubject(),
                change.getChange().name().toLowerCase(Locale.ROOT),
                change.getAt(),
                change.getWhy(),
                change.getStrikes(),
                Optional.ofNullable(change.getExpires()));
    }
}
