package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.MtaParser;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.schemas.DeadLetter;
import org.slash64.schemas.SmtpEvent;

/**
 * Turns the lines of a host into events, with sessions kept in stores. Forwards {@link SmtpEvent}s keyed by connection
 * id, and a {@link DeadLetter} for each line that should have been readable and was not.
 */
public final class CorrelateLines implements Processor<String, byte[], String, Object> {

    private final SyslogParser syslog;
    private final MtaParser mta;
    private final CorrelatorSettings settings;
    private final CorrelatorStatistics statistics;
    private ProcessorContext<String, Object> context;
    private LogToEvents logToEvents;

    public CorrelateLines(
            SyslogParser syslog, MtaParser mta, CorrelatorSettings settings, CorrelatorStatistics statistics) {
        this.syslog = syslog;
        this.mta = mta;
        this.settings = settings;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        Correlator correlator = new Correlator(settings, StoredCorrelationState.of(context), statistics);
        logToEvents = new LogToEvents(syslog, mta, correlator, statistics);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Optional<LineError> error = logToEvents.accept(
                record.value(),
                Instant.ofEpochMilli(record.timestamp()),
                event -> context.forward(new Record<>(event.getConnection(), event, record.timestamp())));
        error.ifPresent(fault -> reject(record, fault));
    }

    private void reject(Record<String, byte[]> record, LineError fault) {
        DeadLetter letter = DeadLetter.of(record.value(), fault.reason().name(), fault.detail());
        context.forward(new Record<>(record.key(), letter, record.timestamp(), letter.headers()));
    }
}
