package org.slash64.topology.listing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;

/** Entries that do not change. Those that are neither prefix nor domain say nothing. */
final class FixedAllowlist implements AllowedBy {

    private final Map<String, AllowEntry> entries = new HashMap<>();
    private final CoveringSubjects covering = new CoveringSubjects();

    FixedAllowlist(List<AllowEntry> all) {
        all.forEach(entry -> Subject.parse(entry.getSubject()).ifPresent(subject -> {
            entries.merge(subject.toString(), entry, FixedAllowlist::earlier);
            covering.note(subject);
        }));
    }

    @Override
    public Optional<AllowEntry> entryOver(Subject subject) {
        return earliest(covering.over(subject).map(over -> entries.get(over.toString())));
    }

    /** The one that has been in force longest; of those equally old the first. */
    static Optional<AllowEntry> earliest(Stream<AllowEntry> entries) {
        return entries.filter(Objects::nonNull).reduce(FixedAllowlist::earlier);
    }

    private static AllowEntry earlier(AllowEntry one, AllowEntry other) {
        return other.getAt().isBefore(one.getAt()) ? other : one;
    }
}
