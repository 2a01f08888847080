package org.slash64.deploy.view;

import java.time.Instant;
import org.slash64.schemas.PrefixCount;

/**
 * What came from a prefix in a window.
 *
 * @param addresses distinct client addresses, about
 * @param children distinct prefixes of the next finer level, about
 */
public record CountedWindow(Instant start, Instant end, Figures figures, long addresses, long children) {

    static CountedWindow of(PrefixCount count) {
        return new CountedWindow(
                count.getStart(),
                count.getEnd(),
                Figures.of(count.getCounts()),
                count.getAddresses(),
                count.getChildren());
    }
}
