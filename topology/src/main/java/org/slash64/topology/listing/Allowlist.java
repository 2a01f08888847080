package org.slash64.topology.listing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Allowance;

/** What is never listed, by configuration and by the topic. */
final class Allowlist implements AllowedBy {

    private final AllowedBy configured;
    private final KeyValueStore<String, AllowEntry> entries;
    private final CoveringSubjects covering = new CoveringSubjects();

    /**
     * @param configuration entries that are always in force
     * @param entries those of the topic, by the text of their subject
     */
    Allowlist(List<AllowEntry> configuration, KeyValueStore<String, AllowEntry> entries) {
        this.configured = new FixedAllowlist(configuration);
        this.entries = entries;
        try (KeyValueIterator<String, AllowEntry> all = entries.all()) {
            all.forEachRemaining(entry -> Subject.parse(entry.key).ifPresent(covering::note));
        }
    }

    /** Takes in a change of the topic. Gives the subject; empty where it is neither prefix nor domain. */
    Optional<Subject> change(Allowance allowance) {
        Optional<Subject> changed = Subject.parse(allowance.getSubject());
        changed.ifPresent(subject -> {
            if (allowance.getEntry() == null) {
                entries.delete(subject.toString());
            } else {
                entries.put(subject.toString(), allowance.getEntry());
                covering.note(subject);
            }
        });
        return changed;
    }

    @Override
    public Optional<AllowEntry> entryOver(Subject subject) {
        Stream<AllowEntry> ofTopic = covering.over(subject).map(over -> entries.get(over.toString()));
        return FixedAllowlist.earliest(Stream.concat(configured.entryOver(subject).stream(), ofTopic));
    }
}
