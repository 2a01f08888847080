package org.slash64.deploy.check;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slash64.schemas.Address;

/**
 * Where a domain's mail goes.
 *
 * @param targets by preference, then by name; the host itself for {@link Kind#IMPLICIT}; empty for the others
 * @param leftOut targets beyond {@link CheckLimits#MAX_MX_TARGETS}
 * @param detail how it came about, in words for people
 */
record MxSet(Kind kind, List<MxTarget> targets, int leftOut, String detail) {
    /** What the domain has. */
    enum Kind {
        /** MX records. */
        TARGETS,
        /** Addresses alone: it is its own mail host (RFC 5321 section 5.1). */
        IMPLICIT,
        /** A null MX: it takes no mail (RFC 7505). */
        NULL_MX,
        /** Null MX and other targets, which RFC 7505 section 3 forbids. */
        NULL_MX_AND_OTHERS,
        /** Neither MX nor address. */
        NOTHING,
        /** The domain does not exist. */
        NXDOMAIN,
        /** DNS could not say it now. */
        UNANSWERED
    }

    MxSet {
        targets = List.copyOf(targets);
    }

    static MxSet without(Kind kind, String detail) {
        return new MxSet(kind, List.of(), 0, detail);
    }

    /** Targets of equal preference together, the most preferred first. */
    List<List<MxTarget>> groups() {
        TreeMap<Integer, List<MxTarget>> groups = new TreeMap<>();
        targets.forEach(target -> groups.merge(
                target.preference(),
                List.of(target),
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
        return List.copyOf(groups.values());
    }

    List<Address> v4() {
        return targets.stream().flatMap(target -> target.v4().stream()).toList();
    }

    List<Address> v6() {
        return targets.stream().flatMap(target -> target.v6().stream()).toList();
    }
}
