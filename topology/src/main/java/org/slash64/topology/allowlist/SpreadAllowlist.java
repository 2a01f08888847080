package org.slash64.topology.allowlist;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.Allowance;
import org.slash64.schemas.state.Contribution;
import org.slash64.topology.count.NetworkPartitioner;

/**
 * Sends each change of the allowlist to every task. Forwards {@link Contribution}s, and a {@link DeadLetter} where the key
 * is no address, prefix or domain.
 */
public final class SpreadAllowlist implements Processor<String, AllowEntry, String, Object> {

    /** The reason of what is set aside. */
    public static final String BAD_KEY = "BAD_ALLOWLIST_KEY";

    private static final int MAX_TEXT = 256;

    private final Serializer<AllowEntry> serializer;
    private ProcessorContext<String, Object> context;

    /** The serializer is the one of the topic; what cannot be used is set aside as it came. */
    public SpreadAllowlist(Serializer<AllowEntry> serializer) {
        this.serializer = serializer;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, AllowEntry> entry) {
        Optional<Subject> subject = entry.key() == null
                ? Optional.empty()
                : Subject.parse(entry.key().strip());
        if (subject.isPresent()) {
            String allowed = subject.get().toString();
            AllowEntry kept = entry.value() == null ? null : kept(allowed, entry.value());
            Contribution change = new Contribution(new Allowance(allowed, kept));
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, change, entry.timestamp()));
        } else if (entry.value() != null) {
            DeadLetter letter = DeadLetter.of(
                    serializer.serialize(Topics.ALLOWLIST.name(), entry.value()),
                    BAD_KEY,
                    "the key is no address, prefix without host bits, or domain");
            context.forward(new Record<>(entry.key(), letter, entry.timestamp(), letter.headers()));
        }
    }

    /** Whose texts are no longer than what is said of them, since every task keeps it. */
    private static AllowEntry kept(String subject, AllowEntry entry) {
        return new AllowEntry(subject, cut(entry.getComment()), cut(entry.getBy()), entry.getAt());
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
