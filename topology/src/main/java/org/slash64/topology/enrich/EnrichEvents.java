package org.slash64.topology.enrich;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.enrichers.addressing.Addressing;
import org.slash64.schemas.Address;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.EnrichmentWaits;
import org.slash64.topology.count.NetworkPartitioner;
import org.slash64.topology.state.Commits;

/**
 * Turns events into verdicts without waiting for DNS: an event whose look-up is not done at once is kept in a store until
 * it is, and only this thread forwards it. After a crash the store is restored and the look-ups start again. An event
 * passes straight only if none of its connection is kept, so the events of a connection stay in order. Forwards
 * {@link SmtpVerdict}s, and {@link EnrichmentWaits} where events begin or cease to wait for long.
 */
public final class EnrichEvents implements Processor<String, SmtpEvent, String, Object> {

    /** Name of the store of events that wait for look-ups, by order of arrival. */
    public static final String STORE = "kept-events";

    private static final Duration INTERVAL = Duration.ofMillis(100);

    /** While waiting for the oldest look-up, so often is looked whether younger ones are done. */
    private static final Duration TURN = Duration.ofMillis(20);

    /** An event that waits for so long is told of. Much shorter than what counts as silence. */
    private static final Duration LONG = Duration.ofSeconds(1);

    private record Kept(SmtpEvent event, CompletableFuture<LookedUp> lookup, long since) {}

    private final EventLookup lookup;
    private final EnrichSettings settings;
    private final EnrichStatistics statistics;
    private final TreeMap<Long, Kept> kept = new TreeMap<>();
    private final Map<String, Integer> keptByConnection = new HashMap<>();
    private final TreeMap<Long, Integer> keptTimes = new TreeMap<>();
    private HostClocks hosts = new HostClocks();
    private ProcessorContext<String, Object> context;
    private KeyValueStore<Long, SmtpEvent> store;
    private long next;
    /** Empty until something was told. */
    private Optional<Boolean> toldToWait = Optional.empty();
    /** {@link System#nanoTime()} of the last punctuation. */
    private long turnBegan;

    public EnrichEvents(EventLookup lookup, EnrichSettings settings, EnrichStatistics statistics) {
        this.lookup = lookup;
        this.settings = settings;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(STORE);
        keptByConnection.clear(); // a task that lost its state is started again with the same processors
        keptTimes.clear();
        hosts = new HostClocks();
        toldToWait = Optional.empty();
        turnBegan = System.nanoTime();
        try (KeyValueIterator<Long, SmtpEvent> all = store.all()) {
            all.forEachRemaining(entry -> {
                remember(entry.key, entry.value, lookUp(entry.value));
                next = Math.max(next, entry.key + 1);
            });
        }
        context.schedule(INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::beginTurn);
        Commits.after(context, Commits.INTERVAL, this::forwardDone);
    }

    private void beginTurn(long now) {
        turnBegan = System.nanoTime();
        forwardDone(now);
        boolean waiting = !kept.isEmpty() && now - kept.firstEntry().getValue().since() >= LONG.toMillis();
        if (toldToWait.isEmpty() || toldToWait.get() != waiting) {
            toldToWait = Optional.of(waiting);
            EnrichmentWaits told = new EnrichmentWaits(context.taskId().partition(), waiting);
            context.forward(new Record<>(NetworkPartitioner.EVERYWHERE, told, now));
        }
    }

    @Override
    public void process(Record<String, SmtpEvent> record) {
        SmtpEvent event = record.value();
        long now = context.currentSystemTimeMs();
        hosts.observe(event.getHost(), EventTime.believed(event.getCountedAt().toEpochMilli(), now), now);
        CompletableFuture<LookedUp> answer = lookUp(event);
        if (answer.isDone() && !keptByConnection.containsKey(event.getConnection())) {
            forward(event, answer.join(), now);
            return;
        }
        store.put(next, event);
        remember(next++, event, answer);
        if (kept.size() >= settings.maxInFlight()) {
            waitForRoom();
        }
    }

    private Optional<String> exempt(SmtpEvent event, Optional<Address> client) {
        return settings.exemptions().reason(event.getSaslMethod() != null, event.getService(), client);
    }

    private CompletableFuture<LookedUp> lookUp(SmtpEvent event) {
        Optional<Address> client = Address.parse(event.getClient());
        Optional<String> exempt = exempt(event, client);
        return exempt.isPresent()
                ? CompletableFuture.completedFuture(LookedUp.nothing(exempt.get()))
                : lookup.lookUp(event, client.orElseThrow()); // without an address the event is exempt
    }

    private void remember(long sequence, SmtpEvent event, CompletableFuture<LookedUp> answer) {
        kept.put(sequence, new Kept(event, answer, context.currentSystemTimeMs()));
        statistics.waiting(1);
        keptByConnection.merge(event.getConnection(), 1, Integer::sum);
        keptTimes.merge(event.getCountedAt().toEpochMilli(), 1, Integer::sum);
    }

    private void forget(long sequence, SmtpEvent event) {
        store.delete(sequence);
        statistics.waiting(-1);
        keptByConnection.computeIfPresent(event.getConnection(), (id, count) -> count == 1 ? null : count - 1);
        keptTimes.computeIfPresent(event.getCountedAt().toEpochMilli(), (at, count) -> count == 1 ? null : count - 1);
    }

    private void forwardDone(long now) {
        Set<String> waiting = new HashSet<>();
        List<Long> done = new ArrayList<>();
        kept.forEach((sequence, entry) -> {
            if (!entry.lookup().isDone() || waiting.contains(entry.event().getConnection())) {
                waiting.add(entry.event().getConnection());
            } else {
                done.add(sequence);
            }
        });
        for (long sequence : done) {
            Kept entry = kept.remove(sequence);
            forget(sequence, entry.event());
            forward(entry.event(), entry.lookup().join(), now);
        }
    }

    /**
     * At the bound: waits for the oldest look-up, and goes on forwarding what is done, but not for long. Between two
     * punctuations, and so between two commits, the stream thread processes as many records of each of its tasks as it has
     * found to be good while nothing made it wait. So the time runs from the last punctuation, which is the same for all
     * tasks of a thread, and not from each call: then no number of records and tasks makes a commit come too late.
     */
    private void waitForRoom() {
        long deadline = turnBegan + settings.longestWait().toNanos();
        forwardDone(context.currentSystemTimeMs());
        while (kept.size() >= settings.maxInFlight() && deadline - System.nanoTime() > 0) {
            waitFor(kept.firstEntry().getValue().lookup(), Math.min(deadline - System.nanoTime(), TURN.toNanos()));
            forwardDone(context.currentSystemTimeMs());
        }
    }

    private static void waitFor(CompletableFuture<?> answer, long nanos) {
        try {
            answer.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the caller looks at the clock again
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("look-ups never fail, they answer temperror", e);
        }
    }

    private void forward(SmtpEvent event, LookedUp found, long now) {
        Headers headers = new RecordHeaders().add(Watermark.HEADER, Watermark.bytes(watermark(event, now)));
        SmtpVerdict verdict = verdict(event, found);
        context.forward(new Record<>(event.getConnection(), verdict, now, headers));
        statistics.verdict(verdict);
    }

    private SmtpVerdict verdict(SmtpEvent event, LookedUp found) {
        Optional<Address> client = Address.parse(event.getClient());
        Optional<String> exempt = exempt(event, client);
        OutcomeTable.Row row = exempt.isPresent()
                ? new OutcomeTable.Row(Outcome.NEUTRAL, "exempt: " + exempt.get())
                : OutcomeTable.of(event, found.authentication());
        return new SmtpVerdict(
                event,
                found.fcrdns(),
                exempt.orElse(null),
                row.outcome(),
                row.row(),
                found.spf(),
                found.dkim().orElse(null),
                found.authentication().orElse(null),
                found.domains(),
                found.domainsPassedOver(),
                found.clientBlocklists(),
                client.map(address -> Verdicts.of(Addressing.of(address.toInetAddress())))
                        .orElse(null));
    }

    @Override
    public void close() {
        statistics.waiting(-kept.size());
        kept.clear();
    }

    private long watermark(SmtpEvent event, long now) {
        long flowing = hosts.slowest(now).orElse(event.getCountedAt().toEpochMilli())
                - settings.lateness().toMillis();
        return keptTimes.isEmpty() ? flowing : Math.min(flowing, keptTimes.firstKey());
    }
}
