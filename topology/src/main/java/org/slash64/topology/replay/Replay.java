package org.slash64.topology.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slash64.schemas.Address;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.IndexedEvent;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.Rules;
import org.slash64.topology.count.Bucket;
import org.slash64.topology.count.Shares;
import org.slash64.topology.count.Tallies;
import org.slash64.topology.enrich.EventTime;
import org.slash64.topology.feedback.FeedbackTally;
import org.slash64.topology.listing.AllowedBy;

/**
 * Runs two sets of rules over the same verdicts. Up to the start of the time looked at the live rules alone decide; there
 * the others take over a copy of all that they came to, and both go on side by side.
 */
public final class Replay {

    /**
     * So many tallies are held before buckets that are said to be complete are decided on: a host that was silent for a while
     * can send more after all, which the stream, being slower, still counts at its time.
     */
    static final long MAX_OPEN = 200_000;

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Rules other;
    private final Function<Rules, AllowedBy> allowlists;
    private final long from;
    private final long to;
    private final long latenessMillis;

    /** How far verdicts have come in each partition that is not at its end. */
    private final Map<Integer, Long> watermarks = new HashMap<>();

    private final Map<String, List<Feedback>> feedbackById = new HashMap<>();
    private final OpenBuckets open = new OpenBuckets();
    private final Map<Subject, SortedMap<String, Long>> newlyBlocked = new HashMap<>();
    private final Map<Subject, SortedMap<String, Long>> noLongerBlocked = new HashMap<>();
    private final Course liveCourse;
    private Course otherCourse;
    private long furthest = Long.MIN_VALUE;
    private long finished = Long.MIN_VALUE;
    private long cleanedAt = Long.MIN_VALUE;
    private long verdicts;
    private long before;

    /**
     * @param live the rules of the stream
     * @param other those to compare them with
     * @param allowlists what the allowlist says under a set of rules
     * @param from start of the time looked at
     * @param to its end, exclusive
     * @param lateness how late events may be
     * @param feedback all feedback, in the order of its topic
     */
    public Replay(
            Rules live,
            Rules other,
            Function<Rules, AllowedBy> allowlists,
            Instant from,
            Instant to,
            Duration lateness,
            List<Feedback> feedback) {
        this.other = other;
        this.allowlists = allowlists;
        this.from = Bucket.startOf(from.toEpochMilli());
        this.to = to.toEpochMilli();
        this.latenessMillis = lateness.toMillis();
        this.liveCourse = new Course(live, allowlists.apply(live));
        feedback.forEach(this::take);
    }

    private void take(Feedback feedback) {
        String about = feedback.getSubject().strip();
        Optional<Subject> subject = FeedbackTally.subject(about);
        if (subject.isPresent()) {
            FeedbackTally.of(feedback).ifPresent(tally -> add(feedback.getAt().toEpochMilli(), subject.get(), tally));
        } else {
            feedbackById
                    .computeIfAbsent(about.toLowerCase(Locale.ROOT), none -> new ArrayList<>())
                    .add(feedback);
        }
    }

    /** A partition of verdicts will be read. All are told before the first verdict. */
    public void begin(int partition) {
        watermarks.put(partition, Long.MIN_VALUE);
    }

    /** How far a partition has come (epoch milliseconds); the one furthest behind should be read next. */
    public long reached(int partition) {
        return watermarks.getOrDefault(partition, Long.MAX_VALUE);
    }

    /** A partition is read to its end. */
    public void end(int partition) {
        watermarks.remove(partition);
        finishReached();
    }

    /**
     * Takes the next verdict of a partition in.
     *
     * @param watermark what enrichment promised with it: no later one of the partition counts before (epoch milliseconds)
     */
    public void take(int partition, SmtpVerdict verdict, OptionalLong watermark) {
        long countedAt = EventTime.believed(verdict.getEvent().getCountedAt().toEpochMilli(), to);
        verdicts += countedAt >= from && countedAt < to ? 1 : 0;
        before += countedAt < from ? 1 : 0;
        Optional<Address> client = Address.parse(verdict.getEvent().getClient());
        if (verdict.getExempt() == null && client.isPresent()) {
            Shares.ofEvent(verdict, client.get(), (subject, tally) -> add(countedAt, subject, tally));
            noteMail(verdict, client.get(), countedAt);
            joinFeedback(verdict);
        }
        long promised = EventTime.believed(watermark.orElse(countedAt - latenessMillis), to);
        furthest = Math.max(furthest, promised);
        watermarks.merge(partition, promised, Math::max);
        finishReached();
    }

    private void finishReached() {
        long slowest =
                watermarks.values().stream().mapToLong(Long::longValue).min().orElse(furthest);
        if (slowest > Long.MIN_VALUE) {
            finish(Math.min(to, Bucket.startOf(slowest)), MAX_OPEN);
        }
    }

    private void add(long time, Subject subject, Tally tally) {
        if (time < to) {
            open.add(Math.max(Bucket.startOf(Math.max(0, time)), finished), subject, tally);
        }
    }

    private void noteMail(SmtpVerdict verdict, Address client, long countedAt) {
        boolean accepted = verdict.getEvent().getKind() == EventKind.MESSAGE && verdict.getOutcome() == Outcome.GOOD;
        if (accepted && countedAt < to) {
            long bucket = Math.max(Bucket.startOf(countedAt), finished);
            Prefix finest = Prefix.finest(client);
            Tallies.domains(verdict).forEach(domain -> open.addMail(bucket, new OpenBuckets.Flow(finest, domain)));
        }
    }

    private void joinFeedback(SmtpVerdict verdict) {
        List<Feedback> about = feedbackById.remove(verdict.getEvent().getId().toLowerCase(Locale.ROOT));
        Optional<IndexedEvent> event = FeedbackTally.index(verdict);
        if (about != null && event.isPresent()) {
            about.forEach(feedback -> FeedbackTally.about(
                    event.get(),
                    feedback,
                    (subject, tally) -> add(feedback.getAt().toEpochMilli(), subject, tally)));
        }
    }

    /** Decides on buckets before an instant, earliest first, as long as more tallies than these are open. */
    private void finish(long line, long mostOpen) {
        while (open.size() > mostOpen) {
            var bucket = open.takeBefore(line);
            if (bucket == null) {
                return;
            }
            decide(bucket.getKey(), bucket.getValue());
            finished = bucket.getKey() + Bucket.LENGTH.toMillis();
        }
    }

    private void decide(long start, OpenBuckets.Content content) {
        if (start >= from) {
            startComparing();
            content.mail().forEach((flow, messages) -> compare(flow, messages, start));
        }
        content.tallies().forEach((subject, tally) -> {
            Bucket bucket = new Bucket(start, tally);
            liveCourse.apply(subject, bucket);
            if (otherCourse != null) {
                otherCourse.apply(subject, bucket);
            }
        });
        if (start - HOUR >= cleanedAt) {
            cleanedAt = start;
            letPass(start);
        }
    }

    private void startComparing() {
        if (otherCourse == null) {
            liveCourse.letPass(from);
            otherCourse = liveCourse.fork(other, allowlists.apply(other));
        }
    }

    private void letPass(long time) {
        liveCourse.letPass(time);
        if (otherCourse != null) {
            otherCourse.letPass(time);
        }
    }

    private void compare(OpenBuckets.Flow flow, long messages, long now) {
        Optional<Subject> byLive = liveCourse.listedOf(flow.subjects(), now);
        Optional<Subject> byOther = otherCourse.listedOf(flow.subjects(), now);
        if (byLive.isEmpty() && byOther.isPresent()) {
            note(newlyBlocked, byOther.get(), flow, messages);
        } else if (byOther.isEmpty() && byLive.isPresent()) {
            note(noLongerBlocked, byLive.get(), flow, messages);
        }
    }

    private static void note(
            Map<Subject, SortedMap<String, Long>> blocked, Subject by, OpenBuckets.Flow flow, long messages) {
        blocked.computeIfAbsent(by, none -> new TreeMap<>()).merge(flow.domain().name(), messages, Long::sum);
    }

    /** Decides on what is left, and tells what differs. To be called once, after the last verdict. */
    public Differences finish() {
        finish(to, 0);
        startComparing();
        letPass(to);
        Instant start = Instant.ofEpochMilli(from);
        Instant end = Instant.ofEpochMilli(to);
        Map<String, List<Spell>> live = liveCourse.spells(start, end);
        Map<String, List<Spell>> others = otherCourse.spells(start, end);
        long same = live.entrySet().stream()
                .filter(entry -> isSame(entry.getValue(), others.get(entry.getKey())))
                .count();
        long both = live.keySet().stream().filter(others::containsKey).count();
        return new Differences(
                start,
                end,
                verdicts,
                before,
                without(live, others),
                without(others, live),
                same,
                both - same,
                blocked(newlyBlocked),
                blocked(noLongerBlocked),
                liveChanges(start, end),
                Instant.ofEpochMilli(furthest == Long.MIN_VALUE ? from : Bucket.startOf(furthest)));
    }

    /** The reason may differ in its figures, the times may not. */
    private static boolean isSame(List<Spell> some, List<Spell> more) {
        return more != null
                && some.stream()
                        .map(spell -> spell.from() + " " + spell.to())
                        .toList()
                        .equals(more.stream()
                                .map(spell -> spell.from() + " " + spell.to())
                                .toList());
    }

    private static SortedMap<String, List<Spell>> without(
            Map<String, List<Spell>> spells, Map<String, List<Spell>> others) {
        SortedMap<String, List<Spell>> without = new TreeMap<>(spells);
        without.keySet().removeAll(others.keySet());
        return without;
    }

    private static List<Blocked> blocked(Map<Subject, SortedMap<String, Long>> messages) {
        return messages.entrySet().stream()
                .map(entry -> new Blocked(entry.getKey().toString(), entry.getValue()))
                .sorted((one, more) -> one.subject().compareTo(more.subject()))
                .toList();
    }

    private List<ListingChange> liveChanges(Instant start, Instant end) {
        return liveCourse.history().values().stream()
                .flatMap(List::stream)
                .filter(change ->
                        !change.getAt().isBefore(start) && change.getAt().isBefore(end))
                .toList();
    }
}
