package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.Listing;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topic;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.RegistryClient;

/** What people, traps and the allowlist say by topic reaches the blocklist of the running program. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class FeedbackIT {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String NETWORK = "2001:db8:77::/48";
    private static final String WITHIN = "2001:db8:77:1::/64";

    @TempDir
    Path dir;

    private Endpoints endpoints;
    private RegistryClient registry;
    private KafkaConsumer<String, Listing> blocklist;
    private final Map<String, Listing> listed = new HashMap<>();

    @Test
    void feedbackAndAllowlist_takeEffectAtOnce() throws Exception {
        Path log = MailLog.sample().part(0, 400).write(dir.resolve("mail.log"));
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program =
                        Slash64Process.start(dns.run(dir.resolve("data"), "--log", log.toString(), "--follow"))) {
            endpoints = program.awaitEndpoints();
            try (RegistryClient client = endpoints.registry();
                    KafkaConsumer<String, Listing> consumer = follow(client)) {
                registry = client;
                blocklist = consumer;
                Watch.awaitEvents(endpoints, 50);
                ordersAndAllowances(program);
                feedbackOnAnEvent();
                wrongSubjects();
            }
        }
    }

    private void ordersAndAllowances(Slash64Process program) throws Exception {
        order(WITHIN, FeedbackKind.LIST);
        order("bad.example", FeedbackKind.LIST);
        awaitListing(WITHIN, listing -> listing != null && listing.getReason().contains("joe"));
        awaitListing("bad.example", listing -> listing != null);

        AllowEntry entry = new AllowEntry(NETWORK, "a customer", "joe", Instant.now());
        send(Topics.ALLOWLIST, NETWORK, entry);
        awaitListing(WITHIN, listing -> listing == null);
        send(Topics.ALLOWLIST, NETWORK, null);
        awaitListing(WITHIN, listing -> listing != null);

        order(WITHIN, FeedbackKind.DELIST);
        awaitListing(WITHIN, listing -> listing == null);
        assertThat(program.isAlive()).isTrue();
    }

    /** Two traps have the weight of twenty bad outcomes. */
    private void feedbackOnAnEvent() throws Exception {
        SmtpEvent event = aRejection();
        for (String trap : List.of("trap one", "trap two", "trap three", "trap four", "trap five")) {
            send(Topics.SMTP_FEEDBACK, event.getId(), feedback(event.getId(), FeedbackKind.SPAMTRAP, trap));
        }
        awaitAny(listing -> listing != null && listing.getReason().contains("spam trap"));
    }

    private SmtpEvent aRejection() {
        List<SmtpEvent> events = new ArrayList<>();
        new TopicReader(endpoints)
                .read(
                        Topics.SMTP_EVENTS.name(),
                        AvroSerde.forTopic(Topics.SMTP_EVENTS, registry).deserializer(),
                        record -> events.add(record.value()));
        return events.stream()
                .filter(event -> event.getKind() == EventKind.REJECTION
                        && event.getClient().startsWith("2001:db8:"))
                .findFirst()
                .orElseThrow();
    }

    private void wrongSubjects() throws Exception {
        send(Topics.SMTP_FEEDBACK, "nobody", feedback("nobody", FeedbackKind.LIST, "joe"));
        send(Topics.ALLOWLIST, "nobody", new AllowEntry("nobody", "", "joe", Instant.now()));
        Watch.await(endpoints, Topics.SMTP_DEAD_LETTER, 2);
    }

    private void order(String subject, FeedbackKind kind) throws Exception {
        send(Topics.SMTP_FEEDBACK, subject, feedback(subject, kind, "joe"));
    }

    private static Feedback feedback(String subject, FeedbackKind kind, String source) {
        return new Feedback(subject, kind, null, Instant.now(), source, "for the test");
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) throws Exception {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(
                endpoints.admin(),
                new StringSerializer(),
                AvroSerde.forTopic(topic, registry).serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private KafkaConsumer<String, Listing> follow(RegistryClient client) {
        KafkaConsumer<String, Listing> consumer = new KafkaConsumer<>(
                endpoints.reader(),
                new StringDeserializer(),
                AvroSerde.forTopic(Topics.BLOCKLIST, client).deserializer());
        consumer.assign(consumer.partitionsFor(Topics.BLOCKLIST.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
        return consumer;
    }

    private void awaitListing(String subject, Predicate<Listing> wanted) throws TimeoutException {
        await(() -> wanted.test(listed.get(subject)), subject);
    }

    private void awaitAny(Predicate<Listing> wanted) throws TimeoutException {
        await(() -> listed.values().stream().anyMatch(wanted), "a listing");
    }

    private void await(BooleanSupplier done, String what) throws TimeoutException {
        long deadline = System.nanoTime() + MOST.toNanos();
        do {
            blocklist.poll(POLL).forEach(record -> listed.put(record.key(), record.value()));
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(what + " did not become as wanted; listed are " + listed);
            }
        } while (!done.getAsBoolean());
    }
}
