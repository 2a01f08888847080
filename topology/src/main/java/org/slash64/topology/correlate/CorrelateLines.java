package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.state.HostState;

/**
 * Turns the lines of a host into events, with sessions kept in stores. Forwards {@link SmtpEvent}s keyed by connection
 * id, and a {@link DeadLetter} for each line that should have been readable and was not. While a host sends no lines its
 * clock goes on by the wall time that passes, so that its last lines are worked on and its sessions end.
 */
public final class CorrelateLines implements Processor<String, byte[], String, Object> {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Reading reading;
    private final CorrelatorSettings settings;
    private final CorrelatorStatistics statistics;
    private final Map<String, Long> lastLines = new HashMap<>();
    private final Set<String> quiet = new HashSet<>();
    private ProcessorContext<String, Object> context;
    private StoredCorrelationState state;
    private LogToEvents logToEvents;

    public CorrelateLines(Reading reading, CorrelatorSettings settings, CorrelatorStatistics statistics) {
        this.reading = reading;
        this.settings = settings;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        state = StoredCorrelationState.of(context);
        StoredLineBuffer buffer =
                new StoredLineBuffer(context.getStateStore(CorrelationStores.LINES), reading::statement);
        logToEvents = new LogToEvents(reading, settings, state, buffer, statistics);
        for (String host : state.hosts()) {
            lastLines.put(host, context.currentSystemTimeMs());
            logToEvents.restored(state.host(host));
        }
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::idle);
        context.schedule(settings.sweepInterval(), PunctuationType.WALL_CLOCK_TIME, this::quiet);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        lastLines.put(record.key(), context.currentSystemTimeMs());
        quiet.remove(record.key());
        Arrival arrival = new Arrival(Instant.ofEpochMilli(record.timestamp()), record.key());
        Optional<LineError> error =
                logToEvents.accept(record.value(), arrival, event -> forward(event, record.timestamp()));
        error.ifPresent(fault -> reject(record, fault));
    }

    private void forward(SmtpEvent event, long timestamp) {
        context.forward(new Record<>(event.getConnection(), event, timestamp));
    }

    private void reject(Record<String, byte[]> record, LineError fault) {
        DeadLetter letter = DeadLetter.of(record.value(), fault.reason().name(), fault.detail());
        context.forward(new Record<>(record.key(), letter, record.timestamp(), letter.headers()));
    }

    /** Hosts for which nothing waits are left alone until their next line, or until they are to be forgotten. */
    private void idle(long now) {
        List.copyOf(lastLines.keySet()).stream()
                .filter(host -> !quiet.contains(host))
                .forEach(host -> idle(host, now));
    }

    private void quiet(long now) {
        List.copyOf(quiet).forEach(host -> idle(host, now));
    }

    private void idle(String name, long now) {
        Duration idle = Duration.ofMillis(now - lastLines.get(name));
        if (idle.compareTo(settings.reorder()) >= 0) {
            logToEvents.idle(name, idle, event -> forward(event, now));
        }
        HostState host = state.host(name);
        if (host == null) {
            lastLines.remove(name);
            quiet.remove(name);
        } else if (Hosts.isQuiet(host)) {
            quiet.add(name);
        }
    }

    @Override
    public void close() {
        statistics.held(-logToEvents.held());
    }
}
