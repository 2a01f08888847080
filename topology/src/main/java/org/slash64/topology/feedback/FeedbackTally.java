package org.slash64.topology.feedback;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slash64.schemas.Address;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.IndexedEvent;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.count.Sums;
import org.slash64.topology.count.Tallies;

/** What feedback comes to in the sums of whom it is about. */
public final class FeedbackTally {

    /** Feedback types that tell of a failed authentication, so of somebody else (RFC 6591 section 3.1). */
    private static final Set<String> NOT_ABOUT_THE_SENDER = Set.of("auth-failure", "dmarc");

    /** A recipient says that the message was wanted (RFC 6430 section 2). */
    private static final String NOT_SPAM = "not-spam";

    private static final int MAX_TEXT = 256;

    private FeedbackTally() {}

    /**
     * Whom feedback that names no event is about; empty where nobody. An address stands for the finest prefix that holds
     * it, and a prefix between two levels for the coarser one.
     */
    public static Optional<Subject> subject(String text) {
        Optional<Prefix> prefix = Address.parse(text).map(Prefix::finest).or(() -> Prefix.parse(text));
        return prefix.isPresent()
                ? prefix.get().upwards().findFirst().map(Subject.class::cast)
                : Domain.parse(text).map(Subject.class::cast);
    }

    /** The same with its texts cut to what is used of them, so that what is kept and handed on stays small. */
    static Feedback cut(Feedback feedback) {
        return Feedback.newBuilder(feedback)
                .setSubject(cut(feedback.getSubject().strip()))
                .setFeedbackType(feedback.getFeedbackType() == null ? null : cut(feedback.getFeedbackType()))
                .setSource(cut(feedback.getSource()))
                .setComment(cut(feedback.getComment()))
                .build();
    }

    /** The sums; empty where it says nothing about the sender. Shared by nobody: a fresh one each time. */
    public static Optional<Tally> of(Feedback feedback) {
        Counts counts = Sums.zero();
        switch (feedback.getKind()) {
            case SPAMTRAP -> counts.setSpamtraps(1);
            case FILTER_SPAM -> counts.setSpam(1);
            case FILTER_HAM -> counts.setHam(1);
            case COMPLAINT -> complain(feedback, counts);
            case LIST, DELIST -> {
                Tally tally = Tallies.none();
                tally.setOrders(List.of(order(feedback)));
                return Optional.of(tally);
            }
        }
        return Optional.of(counts).filter(sums -> !sums.equals(Sums.zero())).map(Tallies::of);
    }

    /**
     * Whom feedback about an event counts for: the finest prefix of its client, and the domains authenticated in it; a
     * person's decision for the prefix alone. A good outcome that it contradicts is taken back, which the event remembers.
     */
    public static void about(IndexedEvent event, Feedback feedback, BiConsumer<Subject, Tally> each) {
        of(feedback).ifPresent(tally -> {
            Counts counts = tally.getCounts();
            if (event.getGood() && Sums.isBad(counts)) {
                counts.setTakenBack(1);
                event.setGood(false);
            }
            Address client = Address.parse(event.getClient()).orElseThrow();
            each.accept(Prefix.finest(client), tally);
            if (tally.getOrders().isEmpty()) {
                for (String domain : event.getDomains()) {
                    Tally ofDomain = Tallies.of(Counts.newBuilder(counts).build());
                    each.accept(new Domain(domain), Tallies.sentFrom(ofDomain, client));
                }
            }
        });
    }

    /** What has to be known of an event, should feedback come about it; empty where feedback about it counts for nobody. */
    public static Optional<IndexedEvent> index(SmtpVerdict verdict) {
        boolean counts = verdict.getExempt() == null
                && verdict.getEvent().getKind() != EventKind.CONNECTION
                && Address.parse(verdict.getEvent().getClient()).isPresent();
        return counts
                ? Optional.of(new IndexedEvent(
                        verdict.getEvent().getClient(),
                        Tallies.domains(verdict).stream().map(Domain::name).toList(),
                        verdict.getOutcome() == Outcome.GOOD))
                : Optional.empty();
    }

    private static void complain(Feedback feedback, Counts counts) {
        String type = feedback.getFeedbackType() == null
                ? ""
                : feedback.getFeedbackType().toLowerCase(Locale.ROOT);
        if (type.equals(NOT_SPAM)) {
            counts.setHam(1);
        } else if (!NOT_ABOUT_THE_SENDER.contains(type)) {
            counts.setComplaints(1);
        }
    }

    private static Order order(Feedback feedback) {
        return new Order(
                feedback.getAt().toEpochMilli(),
                feedback.getKind() == FeedbackKind.LIST,
                cut(feedback.getSource()),
                cut(feedback.getComment()));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
