package org.slash64.topology.fallback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.state.MailOutcome;
import org.slash64.schemas.state.MailSighting;
import org.slash64.schemas.state.OpenMail;
import org.slash64.schemas.state.OpenMails;
import org.slash64.schemas.state.SightingKind;
import org.slash64.topology.count.Bucket;

/**
 * What becomes of the mails of one key. Sightings are put in order of event time once that is finished, so that what follows
 * does not depend on the order in which they came.
 */
final class Mails {

    /** Tries within so long are one: recipients of one mail, connections in parallel. RFC 6647 section 5 advises the same. */
    static final Duration SAME_TRY = Duration.ofMinutes(1);

    /** By how much the clock of the IPv4 server may be behind that of the IPv6 server. */
    static final Duration CLOCKS = Duration.ofSeconds(5);

    /** Networks from which one mail is told at a time; more is a botnet, whose mails need not be followed one by one. */
    static final int MAX_OPEN = 100;

    /** Sightings that are not finished, those of a bucket and a network being one. More are passed over. */
    static final int MAX_PENDING = 200;

    private static final Comparator<MailSighting> ORDER = Comparator.comparingLong(Mails::turn)
            .thenComparing(MailSighting::getKind)
            .thenComparing(sighting -> Objects.toString(sighting.getNetwork(), ""));

    /** What became of a mail that a network sent. */
    record Settled(String network, MailOutcome outcome) {}

    private final FallbackRules rules;
    private final OpenMails state;
    private final Consumer<Settled> out;

    /**
     * @param state is changed
     * @param out takes what became of mails, in order
     */
    Mails(FallbackRules rules, OpenMails state, Consumer<Settled> out) {
        this.rules = rules;
        this.state = state;
        this.out = out;
    }

    /** Nothing yet. */
    static OpenMails none() {
        return new OpenMails(new ArrayList<>(), new ArrayList<>(), 0L);
    }

    /** Takes a sighting in. */
    void see(MailSighting sighting) {
        List<MailSighting> pending = new ArrayList<>(state.getPending());
        if (sighting.getKind() != SightingKind.TOLD) {
            pending.removeIf(other -> isCovered(other, sighting));
        }
        if (pending.size() < MAX_PENDING) {
            pending.add(sighting);
        }
        state.setPending(pending);
    }

    /** Of what came in one bucket the last says as much as all: it is behind every 421 that one of them is behind. */
    private static boolean isCovered(MailSighting other, MailSighting sighting) {
        return other.getKind() == sighting.getKind()
                && Objects.equals(other.getNetwork(), sighting.getNetwork())
                && other.getTime() <= sighting.getTime()
                && Bucket.startOf(other.getTime()) == Bucket.startOf(sighting.getTime());
    }

    /** All sightings before this instant (epoch milliseconds) have come. */
    void finish(long finished) {
        List<MailSighting> over = state.getPending().stream()
                .filter(sighting -> turn(sighting) < finished)
                .sorted(ORDER)
                .toList();
        List<MailSighting> pending = new ArrayList<>(state.getPending());
        pending.removeAll(over);
        state.setPending(pending);
        over.forEach(sighting -> {
            giveUp(turn(sighting));
            apply(sighting);
        });
        giveUp(finished);
    }

    /** When a sighting has its turn: an arrival a little later, so that clocks may differ. */
    private static long turn(MailSighting sighting) {
        return sighting.getKind() == SightingKind.TOLD ? sighting.getTime() : sighting.getTime() + CLOCKS.toMillis();
    }

    private void apply(MailSighting sighting) {
        switch (sighting.getKind()) {
            case TOLD -> told(sighting);
            case OVER_IPV4 -> settle(sighting, FallbackChange.RETURNED);
            case OVER_IPV6 -> settle(sighting, FallbackChange.STAYED);
        }
    }

    private void told(MailSighting sighting) {
        Optional<OpenMail> known = state.getOpen().stream()
                .filter(mail -> mail.getNetwork().equals(sighting.getNetwork()))
                .findFirst();
        OpenMail mail = known.orElseGet(() -> new OpenMail(sighting.getNetwork(), sighting.getTime(), 0L, 0));
        if (mail.getTries() == 0 || sighting.getTime() - mail.getLast() >= SAME_TRY.toMillis()) {
            mail.setTries(mail.getTries() + 1);
            mail.setLast(sighting.getTime());
        }
        if (known.isEmpty() && state.getOpen().size() < MAX_OPEN) {
            List<OpenMail> open = new ArrayList<>(state.getOpen());
            open.add(mail);
            state.setOpen(open);
        }
        say(mail, known.isEmpty() ? FallbackChange.DEFERRED : FallbackChange.AGAIN, sighting.getTime());
    }

    /** Whoever it is that comes over IPv4: hardly ever has he the same address in both worlds. */
    private void settle(MailSighting arrival, FallbackChange change) {
        settle(
                mail -> isOf(mail, arrival) && turn(arrival) >= mail.getFirst(),
                mail -> say(mail, change, Math.max(arrival.getTime(), mail.getFirst())));
    }

    private static boolean isOf(OpenMail mail, MailSighting arrival) {
        return arrival.getNetwork() == null || arrival.getNetwork().equals(mail.getNetwork());
    }

    /** Those whose time is over. */
    private void giveUp(long time) {
        settle(
                mail -> deadline(mail) <= time,
                mail -> say(mail, mail.getTries() > 1 ? FallbackChange.STAYED : FallbackChange.GONE, deadline(mail)));
    }

    private long deadline(OpenMail mail) {
        return mail.getFirst() + rules.returnsWithin().toMillis();
    }

    private void settle(Predicate<OpenMail> which, Consumer<OpenMail> say) {
        List<OpenMail> open = new ArrayList<>(state.getOpen());
        for (Iterator<OpenMail> mails = open.iterator(); mails.hasNext(); ) {
            OpenMail mail = mails.next();
            if (which.test(mail)) {
                mails.remove();
                say.accept(mail);
            }
        }
        state.setOpen(open);
    }

    private void say(OpenMail mail, FallbackChange change, long time) {
        out.accept(new Settled(mail.getNetwork(), new MailOutcome(change, time, mail.getFirst(), mail.getTries())));
    }

    /** When there is something to do, if nothing more comes; 0 for never. */
    long dueAt() {
        Stream<Long> pending =
                state.getPending().stream().map(sighting -> Bucket.startOf(turn(sighting)) + Bucket.LENGTH.toMillis());
        Stream<Long> open = state.getOpen().stream().map(this::deadline);
        return Stream.concat(pending, open).flatMapToLong(LongStream::of).min().orElse(0);
    }

    boolean isEmpty() {
        return state.getPending().isEmpty() && state.getOpen().isEmpty();
    }
}
