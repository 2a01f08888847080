package org.slash64.deploy.view;

import java.time.Instant;
import java.util.Optional;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;

/**
 * A listing, for people.
 *
 * @param reason in one sentence
 * @param expires if no more evidence comes
 * @param provisional true where it may still be withdrawn
 * @param evidence the figures of a prefix
 */
public record ListingEntry(
        String subject,
        String reason,
        int strikes,
        Instant listedAt,
        Instant expires,
        boolean provisional,
        Optional<Grounds> evidence) {

    /** The figures that a listing rests on, of a time. */
    public record Grounds(Instant from, Instant to, Figures figures, long addresses, long children, long badChildren) {

        static Optional<Grounds> of(Evidence evidence) {
            return Optional.ofNullable(evidence)
                    .map(known -> new Grounds(
                            known.getFrom(),
                            known.getTo(),
                            Figures.of(known.getCounts()),
                            known.getAddresses(),
                            known.getChildren(),
                            known.getBadChildren()));
        }
    }

    /** Of a record. */
    public static ListingEntry of(Listing listing) {
        return new ListingEntry(
                listing.getSubject(),
                listing.getReason(),
                listing.getStrikes(),
                listing.getListedAt(),
                listing.getExpires(),
                listing.getProvisional(),
                Grounds.of(listing.getEvidence()));
    }
}
