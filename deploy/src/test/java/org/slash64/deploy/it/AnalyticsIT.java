package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.cli.RunCommand;
import org.slash64.deploy.pipeline.Pipeline;
import picocli.CommandLine;

/** A pipeline's own figures are those of its topics, and Kafka Connect lands the topics in PostgreSQL. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class AnalyticsIT {

    private static final Duration MOST = Duration.ofMinutes(2);
    private static final Path ANALYTICS = Path.of("..", "docs", "analytics.md");
    private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    /** A series of a metric of this program's or Kafka's, and its value. */
    private static final Pattern SERIES =
            Pattern.compile("^((?:slash64|kafka)_\\w+)(?:\\{.*})? (\\S+)$", Pattern.MULTILINE);

    @TempDir
    Path dir;

    @Test
    void run_onTheSample_countsWhatItDoesAndConnectLandsIt() throws Exception {
        try (SampleZone dns = SampleZone.serve();
                Pipeline pipeline = startOn(dns)) {
            while (!pipeline.isIdle()) {
                Thread.sleep(200);
            }
            TopicContents topics = TopicContents.of(pipeline.endpoints());
            assertMetricsAreOfTopics(pipeline.metrics().scrape(), topics);
            Optional<Path> postgres = PostgresServer.programs();
            assumeTrue(postgres.isPresent(), "PostgreSQL is not installed (Debian: postgresql)");
            try (PostgresServer database = PostgresServer.start(postgres.get(), dir.resolve("postgres"));
                    SystemProgram worker = ConnectWorker.start(home(), dir, pipeline.endpoints(), database)) {
                awaitRows(database, worker, topics);
                assertQueriesGiveRows(database);
            }
            assertKafkasOwnMetricsCome(pipeline);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty(ConnectWorker.HOME_PROPERTY));
    }

    private Pipeline startOn(SampleZone dns) throws Exception {
        Path log = MailLog.sample().write(dir.resolve("mail.log"));
        List<String> arguments = dns.run(dir.resolve("run"), "--log", log.toString());
        RunCommand run = new RunCommand();
        new CommandLine(run).parseArgs(arguments.stream().skip(1).toArray(String[]::new));
        return Pipeline.start(run.config(), Clock.systemUTC());
    }

    private static void assertMetricsAreOfTopics(String scraped, TopicContents topics) throws Exception {
        Map<String, Double> sums = new TreeMap<>();
        SERIES.matcher(scraped)
                .results()
                .forEach(series -> sums.merge(series.group(1), Double.parseDouble(series.group(2)), Double::sum));
        assertThat(sums)
                .containsEntry("slash64_lines_total", (double) MailLog.sample().size())
                .containsEntry("slash64_events_total", (double) TopicContents.number(topics.events()))
                .containsEntry("slash64_verdicts_total", (double) TopicContents.number(topics.verdicts()))
                .containsEntry("slash64_listing_changes_total", (double) TopicContents.number(topics.history()))
                .containsEntry("slash64_dead_letters_total", 0.0)
                .containsEntry("slash64_events_kept", 0.0)
                .containsEntry("slash64_stream_lag_records", 0.0)
                .containsEntry("slash64_stream_running", 1.0)
                .containsKeys("slash64_published_age_seconds", "kafka_stream_thread_process_total");
        assertThat(sums.get("slash64_dns_answer_seconds_count")).isPositive();
        assertThat(sums.get("slash64_published_listings"))
                .isEqualTo(TopicContents.last(topics.blocklist()).size());
    }

    /** They are looked for once a minute; those of partitions and stores are there only after the start. */
    private static void assertKafkasOwnMetricsCome(Pipeline pipeline) throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        String scraped = pipeline.metrics().scrape();
        while (!scraped.contains("kafka_stream_state_estimate_num_keys{")
                || !scraped.contains("kafka_consumer_fetch_manager_records_lag{")) {
            if (System.nanoTime() > end) {
                throw new TimeoutException(scraped);
            }
            Thread.sleep(500);
            scraped = pipeline.metrics().scrape();
        }
        assertThat(scraped.lines().filter(line -> line.startsWith("kafka_")))
                .as("series of Kafka's own metrics")
                .hasSizeLessThan(1_000);
    }

    /** Rows by table. */
    private static Map<String, Long> expected(TopicContents topics) {
        return Map.of(
                "events", (long) topics.eventsById().size(),
                "verdicts", (long) topics.verdictsById().size(),
                "counts", (long) topics.counts().size(),
                "listings", (long) TopicContents.last(topics.blocklist()).size(),
                "history", TopicContents.number(topics.history()),
                "reputation", (long) TopicContents.last(topics.reputation()).size());
    }

    private static void awaitRows(PostgresServer database, SystemProgram worker, TopicContents topics)
            throws Exception {
        Map<String, Long> expected = expected(topics);
        long end = System.nanoTime() + MOST.toNanos();
        Map<String, Long> rows = rows(database, expected);
        while (!rows.equals(expected)) {
            if (System.nanoTime() > end || !worker.isAlive()) {
                throw new TimeoutException("landed " + rows + " of " + expected + "; " + worker.output());
            }
            Thread.sleep(500);
            rows = rows(database, expected);
        }
    }

    private static Map<String, Long> rows(PostgresServer database, Map<String, Long> tables) throws Exception {
        Map<String, Long> rows = new TreeMap<>();
        for (String table : tables.keySet()) {
            List<String> count = database.query("select count(*) from " + table);
            rows.put(table, count.isEmpty() ? 0 : Long.parseLong(count.get(0)));
        }
        return rows;
    }

    /** All that the documentation has; the first deletes what is old, and nothing is. */
    private static void assertQueriesGiveRows(PostgresServer database) throws Exception {
        List<String> queries = QUERY.matcher(Files.readString(ANALYTICS))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(queries).hasSize(6);
        assertThat(database.query(queries.get(0))).isEmpty();
        for (String query : queries.subList(1, queries.size())) {
            assertThat(database.query(query)).as(query).isNotEmpty();
        }
    }
}
