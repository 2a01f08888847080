package org.slash64.deploy.bench.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slash64.connectors.log.Arrival;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Sha256;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.SpfResult;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.schemas.registry.RegistryException;
import org.slash64.topology.DeadLetterStatistics;
import org.slash64.topology.correlate.CorrelatorSettings;
import org.slash64.topology.correlate.CorrelatorStatistics;
import org.slash64.topology.correlate.CorrelatorStatistics.Incident;
import org.slash64.topology.correlate.LogToEvents;
import org.slash64.topology.correlate.Reading;

/**
 * Goes over all topics once the program has ended, and does without a stream what the stream did: reads the lines, and
 * counts the verdicts. Lines and events are balanced each for themselves.
 */
final class Recount {

    private static final int SHOWN = 5;

    private final PutIn putIn;
    private final CorrelatorStatistics lines = new CorrelatorStatistics();
    private final Ledger linesFound = new Ledger();
    private final Ledger lineLetters = new Ledger();
    private final Ledger lineLettersFound = new Ledger();
    private final Map<String, SmtpEvent> correlatedById = new HashMap<>();
    private final Map<String, SmtpEvent> foundById = new HashMap<>();
    private final Ledger correlated = new Ledger();
    private final Ledger correlatedFound = new Ledger();
    private final Ledger eventsFound = new Ledger();
    private final Ledger events = new Ledger();
    private final Ledger verdicts = new Ledger();
    private final Ledger eventLetters = new Ledger();
    private final Ledger eventLettersFound = new Ledger();
    private final WindowRecount windows = new WindowRecount(SoakSite.WINDOWS);
    private final SortedMap<String, Long> letters = new TreeMap<>();
    private long unanswered;

    private Recount(PutIn putIn) {
        this.putIn = putIn;
    }

    /** Reads all of it. */
    static Recount of(Endpoints endpoints, PutIn putIn) throws IOException {
        Recount recount = new Recount(putIn);
        try (RegistryClient registry = endpoints.registry()) {
            TopicReader reader = new TopicReader(endpoints);
            recount.readLines(reader);
            recount.readEvents(reader, registry);
            recount.readVerdicts(reader, registry);
            reader.read(Topics.SMTP_DEAD_LETTER.name(), new ByteArrayDeserializer(), recount::letter);
            reader.read(
                    Topics.PREFIX_COUNTS.name(),
                    AvroSerde.forTopic(Topics.PREFIX_COUNTS, registry).deserializer(),
                    record -> recount.windows.take(record.value()));
        }
        return recount;
    }

    private void readLines(TopicReader reader) {
        Reading reading = new Reading(ZoneOffset.UTC, LogParsers.all());
        LogToEvents logToEvents = LogToEvents.inMemory(reading, CorrelatorSettings.defaults(), lines);
        reader.read(Topics.SMTP_LOG.name(), new ByteArrayDeserializer(), record -> {
            linesFound.add(record.value());
            Arrival arrival = new Arrival(
                    Instant.ofEpochMilli(record.timestamp()),
                    Optional.ofNullable(record.key()).orElse(Arrival.UNNAMED_HOST));
            logToEvents
                    .accept(record.value(), arrival, this::correlated)
                    .filter(error -> error.reason() != LineError.Reason.EMPTY)
                    .ifPresent(error -> lineLetters.add(error.reason().name() + ":" + Sha256.hex(record.value())));
        });
        logToEvents.finish(this::correlated);
    }

    private void correlated(SmtpEvent event) {
        correlated.add(event.getId());
        correlatedById.put(event.getId(), event);
    }

    /** What was not put in directly must come of lines. */
    private void readEvents(TopicReader reader, RegistryClient registry) {
        Deserializer<SmtpEvent> deserializer =
                AvroSerde.forTopic(Topics.SMTP_EVENTS, registry).deserializer();
        reader.read(Topics.SMTP_EVENTS.name(), new ByteArrayDeserializer(), record -> {
            Optional<SmtpEvent> event = decoded(Topics.SMTP_EVENTS, deserializer, record.value());
            if (putIn.events().contains(record.value())) {
                eventsFound.add(record.value());
            } else {
                correlatedFound.add(event.map(SmtpEvent::getId).orElse(""));
                event.ifPresent(found -> foundById.put(found.getId(), found));
            }
            event.ifPresentOrElse(readable -> events.add(identity(readable)), () -> eventLetters.add(record.value()));
        });
    }

    private static Optional<SmtpEvent> decoded(
            Topic<SmtpEvent> topic, Deserializer<SmtpEvent> deserializer, byte[] value) {
        try {
            return Optional.of(deserializer.deserialize(topic.name(), value));
        } catch (SerializationException e) {
            if (RegistryException.Unavailable.isCauseOf(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** An event with all that it says. */
    private static String identity(SmtpEvent event) {
        return event.hashCode() + " " + event.getId();
    }

    private void readVerdicts(TopicReader reader, RegistryClient registry) {
        reader.read(
                Topics.SMTP_VERDICTS.name(),
                AvroSerde.forTopic(Topics.SMTP_VERDICTS, registry).deserializer(),
                record -> {
                    verdicts.add(identity(record.value().getEvent()));
                    windows.take(record.value(), Instant.ofEpochMilli(record.timestamp()));
                    unanswered += isUnanswered(record.value()) ? 1 : 0;
                });
    }

    private static boolean isUnanswered(SmtpVerdict verdict) {
        return verdict.getFcrdns().getResult() == FcrdnsResult.TEMPERROR
                || verdict.getSpf().stream().anyMatch(spf -> spf.getResult() == SpfResult.TEMPERROR)
                || (verdict.getDkim() != null
                        && verdict.getDkim().stream().anyMatch(dkim -> dkim.getResult() == DkimResult.TEMPERROR));
    }

    private void letter(ConsumerRecord<String, byte[]> record) {
        String reason = header(record, "reason").orElse("");
        letters.merge(reason, 1L, Long::sum);
        String hash = header(record, "sha256").orElseGet(() -> Sha256.hex(record.value()));
        if (reason.equals(DeadLetterStatistics.NOT_AVRO)) {
            eventLettersFound.addHash(hash);
        } else {
            lineLettersFound.add(reason + ":" + hash);
        }
    }

    private static Optional<String> header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return Optional.ofNullable(header).map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }

    /** The first events of lines that are not accounted for. */
    List<String> differences() {
        return Stream.concat(
                        only(correlatedById, foundById).map(event -> "is missing: " + event),
                        only(foundById, correlatedById).map(event -> "should not be: " + event))
                .toList();
    }

    private static Stream<SmtpEvent> only(Map<String, SmtpEvent> some, Map<String, SmtpEvent> others) {
        return some.keySet().stream()
                .filter(id -> !others.containsKey(id))
                .sorted()
                .limit(SHOWN)
                .flatMap(id -> Optional.ofNullable(some.get(id)).stream());
    }

    /** All that must balance. */
    List<Account> accounts() {
        lineLetters.addAll(putIn.oversized());
        return List.of(
                putIn.lines().account("lines put in, in smtp.log", linesFound),
                lineLetters.account("lines not readable, set aside", lineLettersFound),
                correlated.account("events of lines, in smtp.events", correlatedFound),
                putIn.events().account("events put in, in smtp.events", eventsFound),
                events.account("events readable, with one verdict", verdicts),
                eventLetters.account("events not readable, set aside", eventLettersFound),
                windows.windows(),
                windows.series());
    }

    /** Dead letters by reason. */
    SortedMap<String, Long> letters() {
        return letters;
    }

    /** All lines that were given, by what became of them. */
    SortedMap<String, Long> lines() {
        SortedMap<String, Long> became = new TreeMap<>();
        long unreadable =
                lines.errors().values().stream().mapToLong(Long::longValue).sum();
        long blank = lines.errors().get(LineError.Reason.EMPTY);
        long ignored = lines.facts().get(SmtpFact.Kind.IGNORED);
        long oversized = putIn.oversized().total();
        became.put("blank", blank);
        became.put("of no interest", ignored);
        became.put("set aside", unreadable - blank + oversized);
        became.put("used", lines.lines() - unreadable - ignored);
        return became;
    }

    /** Verdicts for which DNS did not say all. */
    long unanswered() {
        return unanswered;
    }

    /** Lines out of order by more than is put in order again. */
    long outOfOrder() {
        return lines.incidents().get(Incident.LINE_OUT_OF_ORDER);
    }

    /** Verdicts there are. */
    long verdicts() {
        return verdicts.total();
    }

    /** Windows that closed. */
    long closedWindows() {
        return windows.closed();
    }
}
