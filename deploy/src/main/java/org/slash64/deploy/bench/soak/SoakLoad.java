package org.slash64.deploy.bench.soak;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.slash64.deploy.bench.ingest.SampleSessions;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.Topics;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.testkit.load.LoadEvents;
import org.slash64.testkit.load.LoadZone;
import org.slash64.testkit.load.Mix;

/**
 * Writes at a steady rate, as long as it is let: lines of three hosts, one to a file and two to smtp.log, and events to
 * smtp.events. One record of twenty is malformed. One thread of its own does all of it.
 */
final class SoakLoad implements AutoCloseable {

    /** One record of so many is malformed. */
    static final int MALFORMED = 20;

    /** Networks whose answers fit well into a cache of answers. */
    private static final int NETWORKS = 500;

    private static final int DOMAINS = 200;

    /** This share of events comes from clients never seen before, whose names no cache knows. */
    private static final double NEVER_SEEN = 0.1;

    private static final long SEED = 64;
    private static final long TICK_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Clock clock;
    private final int perSecond;
    private final OutputStream file;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SmtpEvent> serializer;
    private final LoadEvents events;
    private final LoadEvents strangers;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Malformed malformed = new Malformed(random);
    private final HostLog inFile;
    private final List<HostLog> inTopic;
    private final PutIn putIn = new PutIn();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "soak-load"));
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final long began = System.nanoTime();
    private boolean ended;
    private long records;

    private SoakLoad(Clock clock, int perSecond, Path log, Endpoints endpoints, SchemaIds ids) throws IOException {
        this.clock = clock;
        this.perSecond = perSecond;
        this.file = new BufferedOutputStream(Files.newOutputStream(log));
        Map<String, Object> settings = new HashMap<>(endpoints.admin());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, TICK_MILLIS);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.serializer = AvroSerde.forTopic(Topics.SMTP_EVENTS, ids).serializer();
        this.events = new LoadEvents(new LoadZone(mix().withOneNetwork(NEVER_SEEN)));
        this.strangers = new LoadEvents(new LoadZone(mix().withOneNetwork(1)));
        SampleSessions sessions = new SampleSessions(random);
        this.inFile = new HostLog("mail1", sessions, random);
        this.inTopic = List.of(new HostLog("mail2", sessions, random), new HostLog("mail3", sessions, random));
    }

    private static Mix mix() {
        return Mix.standard().of(NETWORKS, DOMAINS);
    }

    /** What DNS says about the clients and senders of the events. */
    static LoadZone zone() {
        return new LoadZone(mix());
    }

    /**
     * Begins.
     *
     * @param perSecond events a second, and as many lines
     * @param log the file, which is made or emptied
     */
    static SoakLoad start(Clock clock, int perSecond, Path log, Endpoints endpoints, SchemaIds ids) throws IOException {
        SoakLoad load = new SoakLoad(clock, perSecond, log, endpoints, ids);
        Future<?> unused = load.thread.scheduleWithFixedDelay(
                () -> load.guarded(load::writeDue), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return load;
    }

    private void guarded(Writing writing) {
        try {
            writing.write();
        } catch (IOException | KafkaException | UncheckedIOException e) { // told by check
            failure.compareAndSet(null, e);
        }
    }

    private interface Writing {
        void write() throws IOException;
    }

    private void writeDue() throws IOException {
        long due = (System.nanoTime() - began) * perSecond / TimeUnit.SECONDS.toNanos(1);
        for (; !ended && records < due; records++) {
            boolean bad = records % MALFORMED == 0;
            putIn.malformed().addAndGet(bad ? 2 : 0);
            writeEvent(bad);
            writeLine(bad);
        }
        file.flush();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private Instant nowInMillis() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void writeEvent(boolean bad) {
        if (bad) {
            byte[] value = malformed.event(events, nowInMillis(), serializer);
            send(Topics.SMTP_EVENTS.name(), Long.toString(records), value);
            putIn.events().add(value);
        } else {
            write(events.next(), nowInMillis());
        }
    }

    private void write(SmtpEvent event, Instant time) {
        event.setTime(time);
        event.setCountedAt(time);
        byte[] value = serializer.serialize(Topics.SMTP_EVENTS.name(), event);
        send(Topics.SMTP_EVENTS.name(), event.getConnection(), value);
        putIn.events().add(value);
    }

    private void writeLine(boolean bad) throws IOException {
        int place = (int) (records % (1 + inTopic.size()));
        HostLog host = place == 0 ? inFile : inTopic.get(place - 1);
        write(host, bad ? malformed.line(host, now()) : host.next(now()));
    }

    private void write(HostLog host, byte[] line) throws IOException {
        putIn.line(line, host == inFile);
        if (host == inFile) {
            file.write(line);
            file.write('\n');
        } else {
            send(Topics.SMTP_LOG.name(), host.name(), line);
        }
    }

    private void send(String topic, String key, byte[] value) {
        Future<?> unused = producer.send(
                new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value),
                (at, e) -> failure.compareAndSet(null, e));
    }

    /** From now on the clock of one host is wrong by so much. */
    void stepClock(Duration by) throws IOException, InterruptedException {
        inThread(() -> inTopic.get(inTopic.size() - 1).step(by));
    }

    /** Events of so many clients that were never seen, all at once. */
    void burst(int clients) throws IOException, InterruptedException {
        inThread(() -> {
            for (int i = 0; i < clients; i++) {
                write(strangers.next(), nowInMillis());
            }
        });
    }

    /** Ends the load, with all sessions that had begun; returns when Kafka has what it is to have. */
    void end() throws IOException, InterruptedException {
        inThread(() -> {
            ended = true;
            endSessions(inFile);
            for (HostLog host : inTopic) {
                endSessions(host);
            }
            file.flush();
            producer.flush();
        });
        check();
    }

    private void endSessions(HostLog host) throws IOException {
        for (byte[] line : host.rest(now())) {
            write(host, line);
        }
    }

    /** Events of a later time, so that windows up to then close. */
    void later(int number, Duration by) throws IOException, InterruptedException {
        inThread(() -> {
            for (int i = 0; i < number; i++) {
                write(strangers.next(), nowInMillis().plus(by));
            }
            producer.flush();
        });
        check();
    }

    private void inThread(Writing writing) throws IOException, InterruptedException {
        try {
            thread.submit(() -> guarded(writing)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the load cannot be written: " + e.getMessage(), e);
        }
    }

    /** @throws IOException where something could not be written, or it is not known whether it was */
    void check() throws IOException {
        Exception e = failure.get();
        if (e != null) {
            throw new IOException("the load cannot be written: " + e.getMessage(), e);
        }
    }

    /** What was written; complete once the load has ended. */
    PutIn putIn() {
        return putIn;
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        producer.close(Duration.ZERO);
        file.close();
    }
}
