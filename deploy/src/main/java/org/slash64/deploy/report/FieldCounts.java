package org.slash64.deploy.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.SmtpEvent;

/** How often the fields of one mail server's events were seen. */
final class FieldCounts {

    /**
     * One field of one kind of event.
     *
     * @param events of the kind
     * @param seen those that have it
     * @param missing how many have it not, or not whole, by reason; where it may well be absent, none is missing
     */
    record Field(EventKind kind, EventField field, long events, long seen, Map<MissingReason, Long> missing) {

        double share() {
            return (double) seen / events;
        }
    }

    private static final class Counts {
        private long events;
        private final Map<EventField, Long> seen = new EnumMap<>(EventField.class);
        private final Map<EventField, Map<MissingReason, Long>> missing = new EnumMap<>(EventField.class);
    }

    private final Map<EventKind, Counts> kinds = new EnumMap<>(EventKind.class);

    void add(SmtpEvent event) {
        Counts counts = kinds.computeIfAbsent(event.getKind(), kind -> new Counts());
        counts.events++;
        for (EventField field : event.getSeen()) {
            counts.seen.merge(field, 1L, Long::sum);
        }
        for (MissingField missing : event.getMissing()) {
            counts.missing
                    .computeIfAbsent(missing.getField(), field -> new EnumMap<>(MissingReason.class))
                    .merge(missing.getReason(), 1L, Long::sum);
        }
    }

    /** Number of events of a kind. */
    long events(EventKind kind) {
        Counts counts = kinds.get(kind);
        return counts == null ? 0 : counts.events;
    }

    /** One field, also where no event has it. */
    Field field(EventKind kind, EventField field) {
        Counts counts = kinds.getOrDefault(kind, new Counts());
        return new Field(
                kind,
                field,
                counts.events,
                counts.seen.getOrDefault(field, 0L),
                counts.missing.getOrDefault(field, Map.of()));
    }

    /** Fields that were seen or missed, by kind and then in the order of the schema. */
    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        kinds.forEach((kind, counts) -> {
            for (EventField field : EventField.values()) {
                if (counts.seen.containsKey(field) || counts.missing.containsKey(field)) {
                    fields.add(field(kind, field));
                }
            }
        });
        fields.sort(Comparator.comparing(Field::kind).thenComparing(Field::field));
        return fields;
    }
}
