package org.slash64.deploy.it;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.SmtpEvent;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.Reading;

/** What a log's events should be, without Kafka. */
final class Parsed {

    private Parsed() {}

    /** The events of a log by id, sessions that are open at its end not among them. */
    static Map<String, SmtpEvent> events(MailLog log) {
        Reading reading = new Reading(ZoneOffset.UTC, LogParsers.all());
        LogToEvents logToEvents =
                LogToEvents.inMemory(reading, CorrelatorSettings.defaults(), new CorrelatorStatistics());
        Map<String, SmtpEvent> events = new TreeMap<>();
        Arrival arrival = Arrival.at(Instant.now());
        for (String line : log.lines()) {
            logToEvents.accept(
                    line.getBytes(StandardCharsets.UTF_8), arrival, event -> events.put(event.getId(), event));
        }
        logToEvents.finish(event -> events.put(event.getId(), event));
        return events;
    }
}
