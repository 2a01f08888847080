package org.slash64.topology.listing;

import java.util.BitSet;
import java.util.stream.Stream;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/**
 * The subjects that may stand for another one as well: for a prefix one for each length that occurs in a list, so that a
 * look-up takes as long in a long list as in a short one.
 */
final class CoveringSubjects {

    private final BitSet lengthsV4 = new BitSet();
    private final BitSet lengthsV6 = new BitSet();

    /** A subject is in the list. */
    void note(Subject subject) {
        if (subject instanceof Prefix prefix) {
            lengths(prefix).set(prefix.length());
        }
    }

    private BitSet lengths(Prefix prefix) {
        return prefix.address().v6() ? lengthsV6 : lengthsV4;
    }

    /** The subjects, coarsest first, that hold this one. */
    Stream<Subject> over(Subject subject) {
        return subject instanceof Prefix prefix
                ? lengths(prefix).stream()
                        .takeWhile(length -> length <= prefix.length())
                        .mapToObj(length -> Prefix.of(prefix.address(), length))
                : Stream.of(subject);
    }
}
