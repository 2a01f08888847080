package org.slash64.topology.parse;

import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.schemas.DeadLetter;
import org.slash64.topology.correlate.CorrelatorStatistics;

/**
 * Finds the logging host of each line and makes it the key, since shippers send lines under any key or none. Forwards the
 * line as it came, or a {@link DeadLetter} where there is no host to be found.
 */
public final class KeyByHost implements Processor<byte[], byte[], String, Object> {

    private final SyslogParser syslog;
    private final CorrelatorStatistics statistics;
    private ProcessorContext<String, Object> context;

    public KeyByHost(SyslogParser syslog, CorrelatorStatistics statistics) {
        this.syslog = syslog;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        ParsedLine parsed = syslog.parse(record.value(), Instant.ofEpochMilli(record.timestamp()));
        if (parsed instanceof LogLine line) {
            context.forward(new Record<>(line.host(), record.value(), record.timestamp()));
        } else if (parsed instanceof LineError error) {
            statistics.unreadable(error);
            if (error.reason() != LineError.Reason.EMPTY) {
                DeadLetter letter = DeadLetter.of(record.value(), error.reason().name(), error.detail());
                context.forward(new Record<>(null, letter, record.timestamp(), letter.headers()));
            }
        }
    }
}
