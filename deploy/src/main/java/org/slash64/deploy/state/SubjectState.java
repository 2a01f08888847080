package org.slash64.deploy.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slash64.deploy.view.Figures;

/**
 * What the stores know of a prefix or domain, over the time that listings look back.
 *
 * @param known false where the stores have nothing of it
 * @param slices what came in each hour that had something, in order
 * @param total their sum
 * @param addresses distinct client addresses, about
 * @param children distinct prefixes of the next finer level, about; of a domain the networks that it sent from
 * @param badChildren those of them that had bad outcomes, about
 * @param strikes how often it was listed, as far as that is not forgotten
 * @param lastEnded when its last listing ended
 * @param below counted prefixes within it, in order
 * @param complete false where there are more below than are told
 * @param stale true where it comes from a copy that may lag behind
 * @param instance who answered
 */
public record SubjectState(
        boolean known,
        List<Slice> slices,
        Figures total,
        long addresses,
        long children,
        long badChildren,
        int strikes,
        Optional<Instant> lastEnded,
        List<Below> below,
        boolean complete,
        boolean stale,
        String instance) {

    /** What came in an hour. */
    public record Slice(Instant start, Figures figures) {}

    /** A prefix below. */
    public record Below(String prefix, int length, boolean listed, Figures figures) {}

    /** True where something is known of the subject itself or of what is below. */
    boolean tellsSomething() {
        return known || !below.isEmpty();
    }

    /** Nothing is known, since nobody could be asked or nothing is stored. */
    public static SubjectState unknown(boolean complete, boolean stale, String instance) {
        return new SubjectState(
                false, List.of(), Figures.NONE, 0, 0, 0, 0, Optional.empty(), List.of(), complete, stale, instance);
    }
}
