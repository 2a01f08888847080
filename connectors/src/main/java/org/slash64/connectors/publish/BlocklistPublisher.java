package org.slash64.connectors.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.schemas.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the topics {@code blocklist} and {@code allowlist} in memory and writes what is listed and not allowed to files in
 * every format: when it changed, at most once in {@link #PAUSE}, and at least once in {@link #REFRESH}. Files appear whole: a
 * temporary file, then a rename. Domains are passed over: these are lists of prefixes.
 */
public final class BlocklistPublisher implements AutoCloseable {

    /** The shortest time between two versions. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    /** The longest time between two versions, well under the time at which zones expire. */
    public static final Duration REFRESH = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(BlocklistPublisher.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<String, SpecificRecord> consumer;
    private final List<ListFormat> formats;
    private final Path folder;
    private final Clock clock;
    private final Set<Prefix> alwaysAllowed;
    private final SortedMap<Prefix, Listing> listed = new TreeMap<>();
    private final SortedSet<Prefix> allowed;
    private final Thread thread = new Thread(this::follow, "slash64-publisher");
    private volatile boolean closing;
    private Instant written = Instant.EPOCH;
    private boolean changed = true;

    /**
     * @param consumer reads committed records only, by {@link PublishedRecords}; owned and closed by the publisher
     * @param alwaysAllowed entries that hold whatever the topic {@code allowlist} says
     * @param folder where the files go; it is made if missing
     */
    public BlocklistPublisher(
            Consumer<String, SpecificRecord> consumer,
            Collection<AllowEntry> alwaysAllowed,
            List<ListFormat> formats,
            Path folder,
            Clock clock) {
        this.consumer = consumer;
        this.alwaysAllowed = prefixes(alwaysAllowed);
        this.allowed = new TreeSet<>(this.alwaysAllowed);
        this.formats = List.copyOf(formats);
        this.folder = folder;
        this.clock = clock;
    }

    private static Set<Prefix> prefixes(Collection<AllowEntry> entries) {
        Set<Prefix> prefixes = new HashSet<>();
        entries.forEach(entry -> Prefix.parse(entry.getSubject()).ifPresent(prefixes::add));
        return prefixes;
    }

    /** Starts to follow the topics in a thread of its own. */
    public void start() throws IOException {
        Files.createDirectories(folder);
        thread.start();
    }

    private void follow() {
        try (consumer) {
            consumer.assign(Stream.of(Topics.BLOCKLIST, Topics.ALLOWLIST)
                    .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            while (!closing) {
                poll();
                if (isDue() && isCaughtUp()) {
                    write();
                }
            }
            readToTheEnd();
            write();
        } catch (RuntimeException e) {
            LOG.error("The blocklist files in {} are no longer written: {}", folder, e.getMessage(), e);
        }
    }

    private boolean isDue() {
        Duration age = Duration.between(written, clock.instant());
        return changed ? age.compareTo(PAUSE) >= 0 : age.compareTo(REFRESH) >= 0;
    }

    private boolean isCaughtUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void readToTheEnd() {
        while (!isCaughtUp()) {
            poll();
        }
    }

    /** A record that is not what its topic holds is passed over: it must not keep the others from being published. */
    private void poll() {
        try {
            consumer.poll(POLL).forEach(this::take);
        } catch (RecordDeserializationException e) {
            LOG.warn("Passed over a record of {} at offset {}: {}", e.topicPartition(), e.offset(), e.getMessage());
            consumer.seek(e.topicPartition(), e.offset() + 1);
        }
    }

    private void take(ConsumerRecord<String, SpecificRecord> record) {
        if (Optional.ofNullable(record.key()).flatMap(Subject::parse).orElse(null) instanceof Prefix prefix) {
            if (record.topic().equals(Topics.ALLOWLIST.name())) {
                allow(prefix, record.value() != null);
            } else {
                list(prefix, (Listing) record.value());
            }
            changed = true;
        }
    }

    private void allow(Prefix prefix, boolean inTopic) {
        if (inTopic || alwaysAllowed.contains(prefix)) {
            allowed.add(prefix);
        } else {
            allowed.remove(prefix);
        }
    }

    private void list(Prefix prefix, Listing listing) {
        if (listing == null) {
            listed.remove(prefix);
        } else {
            listed.put(prefix, listing);
        }
    }

    private void write() {
        Instant now = clock.instant();
        written = now;
        try {
            Blocklist blocklist = Blocklist.of(listed, allowed);
            for (ListFormat format : formats) {
                format.files(blocklist, now).forEach(this::replace);
            }
            changed = false;
        } catch (UncheckedIOException e) {
            changed = true; // tried again after the pause; until then the old files stand
            LOG.error("{}: {}", e.getMessage(), e.getCause().getMessage());
        }
    }

    private void replace(String name, byte[] content) {
        Path temporary = folder.resolve("." + name + ".new");
        try {
            try (FileChannel file = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            }
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(name), e);
        }
    }

    /** Reads the topics to their ends, writes a last version and stops. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
