package org.slash64.topology.count;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Allowance;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.PartialSum;
import org.slash64.schemas.state.SourceTime;
import org.slash64.schemas.state.Tally;
import org.slash64.topology.state.Commits;

/**
 * Owns networks and domains: adds partial sums up in buckets, for prefixes at every level, hands buckets on to the deciding
 * steps, in order of event time, once they are finished, and counts them in every window. What changed is published once a
 * second, and a last time when a window closes. Forwards {@link PrefixCount}s and {@link Step}s.
 */
public final class CountPrefixes implements Processor<String, Contribution, String, Object> {

    /** What is finished of the windows that are not over, by end, prefix and length. */
    public static final String WINDOWS = "open-windows";

    /** Buckets that are not finished, by subject and start. */
    public static final String BUCKETS = "pending-buckets";

    /** The clocks of the sources by number, under -1 the finish line and under -2 the round of publishing. */
    public static final String CLOCKS = "source-clocks";

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int FINISH_LINE = -1;
    private static final int ROUND = -2;

    private final List<Duration> windowLengths;
    private ProcessorContext<String, Object> context;
    private OpenWindows windows;
    private PendingBuckets buckets;
    private KeyValueStore<Integer, Contribution> clocks;
    private FinishLine line;

    /** False while windows that are over wait to be closed. */
    private boolean allClosed;

    public CountPrefixes(List<Duration> windowLengths) {
        this.windowLengths = List.copyOf(windowLengths);
    }

    /** A task that lost its state is started again with the same processors, so nothing of before may stay. */
    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        clocks = context.getStateStore(CLOCKS);
        Contribution round = clocks.get(ROUND);
        buckets = new PendingBuckets(
                context.getStateStore(BUCKETS), round == null ? 0 : clock(round).getTime());
        windows = new OpenWindows(windowLengths, context.getStateStore(WINDOWS));
        allClosed = true;
        Contribution finishLine = clocks.get(FINISH_LINE);
        line = new FinishLine(
                finishLine == null ? Long.MIN_VALUE : clock(finishLine).getTime());
        try (KeyValueIterator<Integer, Contribution> all = clocks.all()) {
            all.forEachRemaining(entry -> observe(clock(entry.value)));
        }
        Commits.after(context, INTERVAL, this::handOn);
    }

    private static SourceTime clock(Contribution contribution) {
        return (SourceTime) contribution.getContent();
    }

    private void observe(SourceTime clock) {
        if (clock.getSource() >= 0) {
            line.observe(clock.getSource(), new SourceClock.Reading(clock.getTime(), clock.getIdle()));
        }
    }

    @Override
    public void process(Record<String, Contribution> record) {
        Object content = record.value().getContent();
        if (content instanceof PartialSum sum) {
            add(sum);
        } else if (content instanceof SourceTime clock) {
            clocks.put(clock.getSource(), record.value());
            observe(clock);
        } else if (content instanceof Allowance allowance) {
            Step step = new Step.AllowlistChanged(allowance);
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, step, record.timestamp()));
            buckets.handOnAll();
        }
    }

    private void add(PartialSum sum) {
        boolean late = sum.getTime() < line.finished();
        long bucket = late ? line.finished() : sum.getTime();
        Tally tally = late ? Tallies.allLate(sum.getTally()) : sum.getTally();
        Subject contributed = Subject.parse(sum.getSubject()).orElseThrow();
        Shares.upwards(contributed, tally, (subject, share) -> buckets.add(subject, bucket, share));
        if (buckets.isFull()) {
            handOn(context.currentSystemTimeMs());
        }
    }

    private void handOn(long now) {
        long round = buckets.round();
        boolean moved = line.advance(now);
        if (moved) {
            clocks.put(FINISH_LINE, new Contribution(new SourceTime(FINISH_LINE, line.finished(), false)));
            buckets.handOnFinished(line.finished(), (progress, changedFrom) -> handOn(progress, changedFrom, now));
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, new Step.FinishedUpTo(line.finished()), now));
        } else {
            buckets.handOnChanged((progress, changedFrom) -> handOn(progress, changedFrom, now));
        }
        if (buckets.round() != round) {
            clocks.put(ROUND, new Contribution(new SourceTime(ROUND, buckets.round(), false)));
        }
        if (moved || !allClosed) {
            allClosed = windows.close(line.finished(), count -> publish(count, now));
        }
    }

    private void publish(PrefixCount count, long now) {
        String key = count.getPrefix() + "@" + count.getWindow() + "@" + count.getStart();
        context.forward(new Record<>(key, count, now));
    }

    private void handOn(Step.Progress progress, long changedFrom, long now) {
        if (progress.subject() instanceof Prefix prefix) {
            progress.finished().forEach(bucket -> windows.add(prefix, bucket));
            windows.publish(progress, changedFrom, line.finished(), count -> publish(count, now));
        }
        context.forward(new Record<>(progress.subject().toString(), progress, now));
    }
}
