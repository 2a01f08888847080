package org.slash64.topology.correlate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
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
            logToEvents.restored(state.host(host).getHeld());
        }
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::idle);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        lastLines.put(record.key(), context.currentSystemTimeMs());
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

    /** Hosts that keep nothing are left alone until their next line. */
    private void idle(long now) {
        for (Iterator<Map.Entry<String, Long>> hosts = lastLines.entrySet().iterator(); hosts.hasNext(); ) {
            Map.Entry<String, Long> last = hosts.next();
            Duration idle = Duration.ofMillis(now - last.getValue());
            if (idle.compareTo(settings.reorder()) >= 0) {
                logToEvents.idle(last.getKey(), idle, event -> forward(event, now));
            }
            HostState host = state.host(last.getKey());
            if (host == null || (host.getHeld() == 0 && host.getSessions() == 0 && host.getMessages() == 0)) {
                hosts.remove();
            }
        }
    }

    @Override
    public void close() {
        statistics.held(-logToEvents.held());
    }
}
