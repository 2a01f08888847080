package org.slash64.deploy.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pipeline, as far as people and probes ask for it. */
public interface Running {

    /**
     * How it goes, of this instance unless said otherwise.
     *
     * @param version of the program
     * @param instance by what others reach it
     * @param instances all of them that are known, this one included
     * @param state of the stream: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING, PENDING_ERROR, ERROR
     * @param notReady what it waits for before it answers completely; empty when it is ready
     * @param failure why it cannot go on
     * @param started when
     * @param eventTime how far events have come, of all instances
     * @param lines lines read
     * @param events events made of them
     * @param verdicts events with verdicts
     * @param waiting lines and events that wait inside the steps
     * @param lag records that wait before each step, by topic
     * @param listedPrefixes entries of the blocklist, of all instances
     * @param listedDomains likewise
     * @param published the version of the list that was published last
     * @param notPublished why the next one is not
     * @param writing true where the API may be written to, with a token
     */
    record Status(
            String version,
            String instance,
            List<String> instances,
            String state,
            List<String> notReady,
            Optional<String> failure,
            Instant started,
            Instant eventTime,
            long lines,
            long events,
            long verdicts,
            long waiting,
            Map<String, Long> lag,
            int listedPrefixes,
            int listedDomains,
            Optional<Long> published,
            Optional<String> notPublished,
            boolean writing) {}

    /** How it goes. */
    Status status();
}
