package org.slash64.deploy.it;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.slash64.connectors.log.SyslogParser;
import org.slash64.connectors.postfix.PostfixParser;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.Correlator;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.MemoryCorrelationState;

/** What a log's events should be, without Kafka. */
final class Parsed {

    private Parsed() {}

    /** The events of a log by id, sessions that are open at its end not among them. */
    static Map<String, SmtpEvent> events(MailLog log) {
        CorrelatorStatistics statistics = new CorrelatorStatistics();
        LogToEvents logToEvents = new LogToEvents(
                new SyslogParser(ZoneOffset.UTC),
                new PostfixParser(),
                new Correlator(CorrelatorSettings.defaults(), new MemoryCorrelationState(), statistics),
                statistics);
        Map<String, SmtpEvent> events = new TreeMap<>();
        for (String line : log.lines()) {
            logToEvents.accept(
                    line.getBytes(StandardCharsets.UTF_8), Instant.now(), event -> events.put(event.getId(), event));
        }
        return events;
    }
}
