package org.slash64.deploy.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;

/** What the topics hold, committed records only, each topic's records by key and in order. */
record TopicContents(
        Map<String, List<SmtpEvent>> events,
        Map<String, List<SmtpVerdict>> verdicts,
        Map<String, List<PrefixCount>> counts,
        Map<String, List<LimitDecision>> limits,
        Map<String, List<Listing>> blocklist,
        Map<String, List<ListingChange>> history,
        Map<String, List<DomainReputation>> reputation,
        List<Rejected> deadLetters) {

    /** A record of the dead-letter topic, its headers as text. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rejected(byte[] value, Map<String, String> headers) {

        String reason() {
            return headers.getOrDefault("reason", "");
        }
    }

    private static final int SHOWN = 5;

    /** Reads the topics of a program that has ended. */
    static TopicContents ofStopped(Path data) throws IOException, InterruptedException {
        try (EmbeddedCluster cluster = EmbeddedCluster.start(data, 0, 0, EmbeddedRegistry.home())) {
            return of(new Endpoints(cluster.bootstrapServers(), cluster.registryUrl()));
        }
    }

    /** Reads the topics as they stand. */
    static TopicContents of(Endpoints endpoints) throws IOException {
        try (RegistryClient registry = endpoints.registry()) {
            return new TopicContents(
                    read(endpoints, Topics.SMTP_EVENTS, registry),
                    read(endpoints, Topics.SMTP_VERDICTS, registry),
                    read(endpoints, Topics.PREFIX_COUNTS, registry),
                    read(endpoints, Topics.PREFIX_LIMITS, registry),
                    read(endpoints, Topics.BLOCKLIST, registry),
                    read(endpoints, Topics.BLOCKLIST_HISTORY, registry),
                    read(endpoints, Topics.DOMAIN_REPUTATION, registry),
                    deadLetters(endpoints));
        }
    }

    private static <V extends SpecificRecord> Map<String, List<V>> read(
            Endpoints endpoints, Topic<V> topic, RegistryClient registry) {
        Map<String, List<V>> records = new TreeMap<>();
        new TopicReader(endpoints)
                .read(
                        topic.name(),
                        AvroSerde.forTopic(topic, registry).deserializer(),
                        record -> records.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(record.value()));
        return records;
    }

    private static List<Rejected> deadLetters(Endpoints endpoints) {
        List<Rejected> letters = new ArrayList<>();
        new TopicReader(endpoints)
                .read(
                        Topics.SMTP_DEAD_LETTER.name(),
                        new ByteArrayDeserializer(),
                        record -> letters.add(new Rejected(record.value(), headers(record))));
        return letters;
    }

    private static Map<String, String> headers(ConsumerRecord<?, ?> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** Every event once, by id; with an id that came more than once marked as such. */
    Map<String, SmtpEvent> eventsById() {
        return events.values().stream()
                .flatMap(List::stream)
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(
                        event -> event.getId(), Function.identity(), TopicContents::twice, TreeMap::new));
    }

    private static SmtpEvent twice(SmtpEvent first, SmtpEvent second) {
        return SmtpEvent.newBuilder(second)
                .setReason("came twice: " + first.getReason())
                .build();
    }

    /** Every verdict once, by the event's id. */
    Map<String, SmtpVerdict> verdictsById() {
        return verdicts.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(
                        verdict -> verdict.getEvent().getId(),
                        Function.identity(),
                        (first, second) -> second,
                        TreeMap::new));
    }

    /** How many records a topic holds. */
    static <V> long number(Map<String, List<V>> records) {
        return records.values().stream().mapToLong(List::size).sum();
    }

    /** The last record of each key; tombstones take their key away. */
    static <V> Map<String, V> last(Map<String, List<V>> records) {
        Map<String, V> last = new TreeMap<>();
        records.forEach((key, values) ->
                Optional.ofNullable(values.get(values.size() - 1)).ifPresent(value -> last.put(key, value)));
        return last;
    }

    /** What two maps do not have in common, the first few. */
    static <V> List<String> differences(Map<String, V> expected, Map<String, V> actual) {
        return Stream.concat(expected.keySet().stream(), actual.keySet().stream())
                .distinct()
                .sorted()
                .filter(key -> !Objects.equals(expected.get(key), actual.get(key)))
                .map(key -> key + ": expected " + expected.get(key) + " but was " + actual.get(key))
                .limit(SHOWN)
                .toList();
    }
}
