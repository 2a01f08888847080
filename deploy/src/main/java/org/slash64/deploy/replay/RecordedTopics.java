package org.slash64.deploy.replay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.topology.Rules;
import org.slash64.topology.enrich.Watermark;
import org.slash64.topology.listing.AllowedBy;
import org.slash64.topology.replay.Differences;
import org.slash64.topology.replay.Replay;

/** What the stream recorded, read without a trace: no group, no topics of its own, nothing written. */
public final class RecordedTopics implements AutoCloseable {

    private final TopicReader reader;
    private final RegistryClient registry;

    public RecordedTopics(Endpoints endpoints) {
        this.reader = new TopicReader(endpoints);
        this.registry = endpoints.registry();
    }

    /** Runs two sets of rules over all that was recorded before an instant. */
    public Differences replay(Rules live, Rules other, Instant from, Instant to, Duration lateness) {
        List<AllowEntry> allowed = List.copyOf(last(Topics.ALLOWLIST).values());
        Replay replay = new Replay(
                live,
                other,
                rules -> AllowedBy.always(Stream.concat(rules.allowlist().stream(), allowed.stream())
                        .toList()),
                from,
                to,
                lateness,
                all(Topics.SMTP_FEEDBACK));
        reader.readTogether(
                Topics.SMTP_VERDICTS.name(),
                AvroSerde.forTopic(Topics.SMTP_VERDICTS, registry).deserializer(),
                new Verdicts(replay));
        return replay.finish();
    }

    /** All changes of listings that the stream made. */
    public List<ListingChange> history() {
        return all(Topics.BLOCKLIST_HISTORY);
    }

    private record Verdicts(Replay replay) implements TopicReader.Partitions<SmtpVerdict> {

        @Override
        public void begin(int partition) {
            replay.begin(partition);
        }

        @Override
        public long reached(int partition) {
            return replay.reached(partition);
        }

        @Override
        public void take(ConsumerRecord<String, SmtpVerdict> next) {
            Optional<Long> watermark = Watermark.read(next.headers().lastHeader(Watermark.HEADER));
            replay.take(
                    next.partition(),
                    next.value(),
                    watermark.map(OptionalLong::of).orElseGet(OptionalLong::empty));
        }

        @Override
        public void end(int partition) {
            replay.end(partition);
        }
    }

    private <V extends SpecificRecord> List<V> all(Topic<V> topic) {
        List<V> values = new ArrayList<>();
        reader.read(
                topic.name(), AvroSerde.forTopic(topic, registry).deserializer(), record -> values.add(record.value()));
        values.removeIf(Objects::isNull);
        return values;
    }

    /** The last value of each key; tombstones take theirs away. */
    private <V extends SpecificRecord> Map<String, V> last(Topic<V> topic) {
        Map<String, V> last = new TreeMap<>();
        reader.read(topic.name(), AvroSerde.forTopic(topic, registry).deserializer(), record -> {
            if (record.value() == null) {
                last.remove(record.key());
            } else {
                last.put(record.key(), record.value());
            }
        });
        return last;
    }

    @Override
    public void close() throws IOException {
        registry.close();
    }
}
