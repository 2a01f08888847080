package org.slash64.topology.parse;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.ParsedLine;
import org.slash64.connectors.log.SyslogHost;
import org.slash64.schemas.DeadLetter;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.Reading;

/**
 * Finds the logging host of each line and makes it the key, since shippers send lines under any key or none. Forwards the
 * line as it came, or a {@link DeadLetter} where there is no host to be found.
 */
public final class KeyByHost implements Processor<byte[], byte[], String, Object> {

    private static final int MAX_HOST = 255; // RFC 5424 section 6

    private final Reading reading;
    private final CorrelatorStatistics statistics;
    private ProcessorContext<String, Object> context;

    public KeyByHost(Reading reading, CorrelatorStatistics statistics) {
        this.reading = reading;
        this.statistics = statistics;
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
    }

    /** Of lines that name no host the key does, if it is a name. */
    private static String hostOf(byte[] key) {
        boolean name = key != null && key.length > 0 && key.length <= MAX_HOST;
        for (int i = 0; name && i < key.length; i++) {
            name = isNameCharacter((char) key[i]);
        }
        return name ? SyslogHost.shortened(new String(key, StandardCharsets.US_ASCII)) : Arrival.UNNAMED_HOST;
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-._:".indexOf(c) >= 0;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Arrival arrival = new Arrival(Instant.ofEpochMilli(record.timestamp()), hostOf(record.key()));
        ParsedLine parsed = reading.parts(record.value(), arrival);
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
