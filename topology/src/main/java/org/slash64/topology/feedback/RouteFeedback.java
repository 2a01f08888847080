package org.slash64.topology.feedback;

import java.util.Optional;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.Level;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.PartialSum;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.enrich.EventTime;

/**
 * Sends feedback where it has to go: about an event, to every task that may know the event; about an address, a prefix or
 * a domain, to the task that owns it. Forwards {@link Feedback}, {@link Contribution}s, and a {@link DeadLetter} where the
 * subject is none of these.
 */
public final class RouteFeedback implements Processor<String, Feedback, String, Object> {

    /** The reason of what is set aside. */
    public static final String BAD_SUBJECT = "BAD_FEEDBACK_SUBJECT";

    private final Serializer<Feedback> serializer;
    private ProcessorContext<String, Object> context;

    /** The serializer is the one of the topic; what cannot be used is set aside as it came. */
    public RouteFeedback(Serializer<Feedback> serializer) {
        this.serializer = serializer;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<String, Feedback> feedback) {
        String about = feedback.value().getSubject().strip();
        if (EventId.bytes(about).isPresent()) {
            Feedback cut = FeedbackTally.cut(feedback.value());
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, cut, feedback.timestamp()));
            return;
        }
        Optional<Subject> subject = FeedbackTally.subject(about);
        if (subject.isPresent()) {
            contribute(subject.get(), feedback);
        } else {
            setAside(feedback);
        }
    }

    private void contribute(Subject subject, Record<String, Feedback> feedback) {
        long at = EventTime.believed(feedback.value().getAt().toEpochMilli(), context.currentSystemTimeMs());
        FeedbackTally.of(feedback.value())
                .map(tally -> new Contribution(new PartialSum(subject.toString(), Bucket.startOf(at), tally)))
                .ifPresent(sum ->
                        context.forward(new Record<>(NetworkPartitioner.keyOf(subject), sum, feedback.timestamp())));
    }

    private void setAside(Record<String, Feedback> feedback) {
        byte[] bytes = serializer.serialize(Topics.SMTP_FEEDBACK.name(), feedback.value());
        DeadLetter letter = DeadLetter.of(
                bytes,
                BAD_SUBJECT,
                "the subject is no event id (32 hex digits), address, prefix within one of length "
                        + Level.IPV6_48.text() + " (IPv4: " + Level.IPV4_24.text() + "), or domain");
        context.forward(new Record<>(feedback.key(), letter, feedback.timestamp(), letter.headers()));
    }
}
