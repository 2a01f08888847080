package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Topics;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BlocklistPublisherTest {
    private static final String TOPIC = Topics.BLOCKLIST.name();
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final TopicPartition ALLOWED = new TopicPartition(Topics.ALLOWLIST.name(), 0);
    private static final TopicPartition KNOWN = new TopicPartition(Topics.DOMAIN_REPUTATION.name(), 0);
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final String FILE = "blocklist.txt";

    @TempDir
    Path dir;

    private final MockConsumer<String, SpecificRecord> consumer = new MockConsumer<>("earliest");
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final AtomicInteger versions = new AtomicInteger();
    private final List<AllowEntry> always = new ArrayList<>();
    private long end;
    private long endAllowed;

    /** One file with the listed prefixes and the exceptions, a line each. */
    private final ListFormat prefixes = snapshot -> {
        versions.incrementAndGet();
        StringBuilder text = new StringBuilder();
        snapshot.prefixes()
                .listings()
                .forEach((prefix, listing) -> text.append(prefix)
                        .append(' ')
                        .append(listing.getReason())
                        .append('\n'));
        snapshot.prefixes()
                .exceptions()
                .forEach(prefix -> text.append('!').append(prefix).append('\n'));
        return Map.of(FILE, out -> out.write(text.toString()));
    };

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    private BlocklistPublisher publisher(ListFormat... formats) {
        for (TopicPartition partition : List.of(PARTITION, ALLOWED, KNOWN)) {
            String topic = partition.topic();
            consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 0L));
        }
        return new BlocklistPublisher(
                consumer,
                new PublishedState(always),
                new Publication(List.of(formats), dir.resolve("out"), ChangeBound.defaults(), clock),
                clock);
    }

    /** From now on the topic ends after so many records. */
    private void endAt(long offset) {
        consumer.updateEndOffsets(Map.of(PARTITION, offset));
    }

    private void add(String key, String reason) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, key, reason == null ? null : listing(key, reason)));
    }

    private void allow(String key, boolean entered) {
        AllowEntry value = entered ? new AllowEntry(key, "", "test", START) : null;
        consumer.addRecord(new ConsumerRecord<>(ALLOWED.topic(), 0, endAllowed++, key, value));
        consumer.updateEndOffsets(Map.of(ALLOWED, endAllowed));
    }

    private static Listing listing(String key, String reason) {
        Evidence evidence = new Evidence(START, START, new Counts(), 0L, 0L, 0L, 0L);
        return new Listing(key, reason, evidence, null, 1, START, START.plusSeconds(1), false);
    }

    private String published() throws IOException {
        return Files.readString(dir.resolve("out").resolve(FILE));
    }

    @Test
    void close_readsTheTopicToItsEndAndWritesIt() throws IOException {
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(3);
        consumer.schedulePollTask(() -> {
            add("2001:db8:1::/48", "one");
            add("192.0.2.0/24", "two");
        });
        consumer.schedulePollTask(() -> add("2001:db8:0:1::/64", "three"));
        publisher.start();
        publisher.close();
        assertThat(published().lines())
                .containsExactlyInAnyOrder("2001:db8:1::/48 one", "192.0.2.0/24 two", "2001:db8:0:1::/64 three");
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void records_laterOnesOfAPrefix_replaceAndDelist() throws IOException {
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(6);
        consumer.schedulePollTask(() -> {
            add("192.0.2.0/24", "first");
            add("2001:db8::/48", "gone");
            add("192.0.2.0/24", "second");
            add("2001:db8::/48", null);
            add("198.51.100.0/24", null); // was never listed
            add("example.org", "a domain is in no prefix file");
        });
        publisher.start();
        publisher.close();
        assertThat(published()).isEqualTo("192.0.2.0/24 second\n");
    }

    @Test
    void allowlist_ofTopicAndFile_isLeftOutOrWrittenAsException() throws IOException {
        always.add(new AllowEntry("192.0.2.25/32", "", "file", Instant.EPOCH));
        always.add(new AllowEntry("example.org", "a domain", "file", Instant.EPOCH));
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(3);
        consumer.schedulePollTask(() -> {
            add("192.0.2.0/24", "one");
            add("2001:db8:0:1::/64", "inside what is allowed");
            add("2001:db8:9::/48", "two");
            allow("2001:db8::/32", true);
            allow("2001:db8:9:9::/64", true);
            allow("example.net", true);
            allow("2001:db8:0::/48", false); // was never there
            allow("2001:db8::/32", false);
            allow("192.0.2.25/32", true);
            allow("192.0.2.25/32", false); // the file still has it
            allow("2001:db8::/48", true);
        });
        publisher.start();
        publisher.close();
        assertThat(published().lines())
                .containsExactly("192.0.2.0/24 one", "2001:db8:9::/48 two", "!192.0.2.25/32", "!2001:db8:9:9::/64");
    }

    @Test
    void allowlist_changeAlone_makesAVersion() throws Exception {
        BlocklistPublisher publisher = publisher(prefixes);
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        endAt(1);
        List<Runnable> rounds = List.of(
                () -> add("192.0.2.0/24", "one"), // first version
                () -> {
                    allow("192.0.2.0/24", true);
                    now.updateAndGet(time -> time.plus(BlocklistPublisher.PAUSE)); // second version
                },
                done::countDown);
        rounds.forEach(round -> consumer.schedulePollTask(() -> {
            seen.add(versions.get());
            round.run();
        }));
        publisher.start();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        publisher.close();
        assertThat(seen).containsExactly(0, 1, 2);
        assertThat(published()).isEmpty();
    }

    @Test
    void records_withoutKey_arePassedOver() throws IOException {
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(2);
        consumer.schedulePollTask(() -> {
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, null, listing("192.0.2.0/24", "no key")));
            add("198.51.100.0/24", "one");
        });
        publisher.start();
        publisher.close();
        assertThat(published()).isEqualTo("198.51.100.0/24 one\n");
    }

    @Test
    void records_thatAreNoListing_arePassedOver() throws IOException {
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(2);
        consumer.schedulePollTask(() -> {
            end++;
            consumer.setPollException(new RecordDeserializationException(
                    DeserializationExceptionOrigin.VALUE,
                    PARTITION,
                    0,
                    0,
                    TimestampType.LOG_APPEND_TIME,
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(0),
                    new RecordHeaders(),
                    "not Avro",
                    null));
        });
        consumer.schedulePollTask(() -> add("192.0.2.0/24", "one"));
        publisher.start();
        publisher.close();
        assertThat(published()).isEqualTo("192.0.2.0/24 one\n");
    }

    @Test
    void emptyTopic_givesAnEmptyList() throws IOException {
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(0);
        publisher.start();
        publisher.close();
        assertThat(published()).isEmpty();
    }

    @Test
    void versions_areWrittenWhenCaughtUpAndChanged_notTooOftenNorTooSeldom() throws Exception {
        BlocklistPublisher publisher = publisher(prefixes);
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        endAt(2);
        List<Runnable> rounds = List.of(
                () -> add("192.0.2.0/24", "one"),
                () -> add("198.51.100.0/24", "two"), // only now all is read: first version
                () -> {
                    endAt(3);
                    add("203.0.113.0/24", "three"); // changed, but too soon
                },
                () -> now.updateAndGet(time -> time.plus(BlocklistPublisher.PAUSE)), // second version
                () -> now.updateAndGet(time -> time.plus(BlocklistPublisher.PAUSE)), // nothing changed
                () -> now.updateAndGet(time -> time.plus(BlocklistPublisher.REFRESH)), // third version
                done::countDown);
        rounds.forEach(round -> consumer.schedulePollTask(() -> {
            seen.add(versions.get());
            round.run();
        }));
        publisher.start();
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        publisher.close();
        assertThat(seen).containsExactly(0, 0, 1, 1, 2, 2, 3);
    }

    @Test
    void files_areWholeAtAnyTime() throws Exception {
        int size = 300_000;
        ListFormat uniform = snapshot -> {
            char[] content = new char[size];
            Arrays.fill(content, (char) ('a' + versions.getAndIncrement() % 26));
            return Map.of(FILE, out -> out.write(content));
        };
        BlocklistPublisher publisher = publisher(uniform);
        endAt(0);
        try (publisher) {
            publisher.start();
            while (versions.get() < 20) {
                now.updateAndGet(before -> before.plus(BlocklistPublisher.REFRESH));
                if (Files.exists(dir.resolve("out").resolve(FILE))) {
                    String content = published();
                    assertThat(content)
                            .hasSize(size)
                            .matches(text -> text.chars().allMatch(c -> c == text.charAt(0)));
                }
            }
        }
        assertOnlyFiles(FILE, "version");
    }

    @Test
    void formatFails_leavesTheOldFiles() throws Exception {
        Files.createDirectories(dir.resolve("out"));
        Files.writeString(dir.resolve("out").resolve(FILE), "old\n");
        BlocklistPublisher publisher = publisher(snapshot -> {
            throw new IllegalStateException("cannot be written");
        });
        endAt(0);
        publisher.start();
        publisher.close();
        assertThat(published()).isEqualTo("old\n");
        assertThat(consumer.closed()).isTrue();
        assertOnlyFiles(FILE);
    }

    @Test
    void temporaryFileOfACrash_isOverwritten() throws Exception {
        Files.createDirectories(dir.resolve("out"));
        Files.writeString(dir.resolve("out").resolve("." + FILE + ".new"), "half a file".repeat(100));
        BlocklistPublisher publisher = publisher(prefixes);
        endAt(1);
        consumer.schedulePollTask(() -> add("192.0.2.0/24", "one"));
        publisher.start();
        publisher.close();
        assertThat(published()).isEqualTo("192.0.2.0/24 one\n");
        assertOnlyFiles(FILE, "version");
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
