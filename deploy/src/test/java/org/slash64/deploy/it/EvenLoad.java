package org.slash64.deploy.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.Topics;

/**
 * Sends the log of three Postfix hosts to the topic of lines until it is stopped. All prefixes connect in turn, round after
 * round, so that it is known of each how many connections came until any moment.
 */
final class EvenLoad implements AutoCloseable {

    private static final int NETWORKS = 120;
    private static final int PREFIXES_EACH = 4;
    private static final int HOSTS = 3;
    private static final int PIDS = 40;
    private static final int SESSIONS_PER_SECOND = 160;

    /** By the log's clock, which so goes 20 times faster than the wall's. */
    private static final Duration BETWEEN_SESSIONS = Duration.ofMillis(125);

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration MOST = Duration.ofMinutes(1);

    private final Instant start = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC)
            .minusDays(1)
            .atTime(10, 0)
            .toInstant(ZoneOffset.UTC);

    private final List<String> prefixes = IntStream.range(0, NETWORKS * PREFIXES_EACH)
            .mapToObj(EvenLoad::network)
            .map(network -> network + "::/64")
            .toList();

    private final List<String> lines = new ArrayList<>();
    private final List<Future<?>> acknowledged = new ArrayList<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final long started = System.nanoTime();
    private int sessions;
    private boolean closed;
    private ScheduledFuture<?> sending;

    private EvenLoad(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Starts to send; the topics must be there. */
    static EvenLoad start(Endpoints endpoints) {
        EvenLoad load = new EvenLoad(
                new KafkaProducer<>(endpoints.sender(), new ByteArraySerializer(), new ByteArraySerializer()));
        load.begin();
        return load;
    }

    private synchronized void begin() {
        sending = clock.scheduleAtFixedRate(this::sendDue, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void sendDue() {
        long due = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) * SESSIONS_PER_SECOND / 1_000;
        while (!closed && sessions < due) {
            session(sessions);
            sessions++;
        }
        notifyAll();
    }

    /** The first three groups are the network; neighbours in the turn are of other networks. */
    private static String network(int prefix) {
        return String.format(Locale.ROOT, "2001:db8:%x:%x", 0x1000 + prefix % NETWORKS, 1 + prefix / NETWORKS);
    }

    private void session(int number) {
        String smtpd = "mx" + (1 + number % HOSTS) + " postfix/smtpd[" + (1_000 + number / HOSTS % PIDS) + "]: ";
        String client = "unknown[" + network(number % prefixes.size()) + "::25]";
        Instant at = start.plus(BETWEEN_SESSIONS.multipliedBy(number));
        send(at, smtpd + "connect from " + client);
        if (number % 4 == 0) {
            send(
                    at.plusMillis(20),
                    smtpd + "NOQUEUE: reject: RCPT from " + client + ": 550 5.1.1 <user" + number
                            + "@example.com>: Recipient address rejected: User unknown in local recipient table;"
                            + " from=<info@offers.test> to=<user" + number
                            + "@example.com> proto=ESMTP helo=<mx.offers.test>");
            send(
                    at.plusMillis(40),
                    smtpd + "disconnect from " + client + " ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4");
        } else {
            send(at.plusMillis(40), smtpd + "disconnect from " + client + " quit=1 commands=1");
        }
    }

    private void send(Instant at, String text) {
        send(at.atOffset(ZoneOffset.UTC).format(MailLog.RFC5424) + " " + text);
    }

    private void send(String line) {
        lines.add(line);
        acknowledged.add(
                producer.send(new ProducerRecord<>(Topics.SMTP_LOG.name(), line.getBytes(StandardCharsets.UTF_8))));
    }

    /** All that connect, in their order. */
    List<String> prefixes() {
        return prefixes;
    }

    /** How many sessions were sent. */
    synchronized int sessions() {
        return sessions;
    }

    /** How many connections of a prefix are among the first sessions. */
    long connections(int prefix, int ofSessions) {
        return (ofSessions + prefixes.size() - 1L - prefix) / prefixes.size();
    }

    /** Returns when all prefixes have connected so many more times. */
    synchronized void awaitRounds(int more) throws InterruptedException, TimeoutException {
        int wanted = sessions + more * prefixes.size();
        while (sessions < wanted) {
            if (sending.isDone()) {
                throw new TimeoutException("nothing more is sent after " + sessions + " sessions");
            }
            wait(TICK.toMillis());
        }
    }

    /** Sends no more sessions but those that bring the hosts' clocks forward, and returns when the broker has all. */
    synchronized void end(Duration afterwards, int clocks) throws Exception {
        closed = true;
        Duration elapsed = BETWEEN_SESSIONS.multipliedBy(sessions);
        SteadyLog.lateSessions(elapsed.plus(afterwards), clocks).lines().forEach(this::send);
        for (Future<?> line : acknowledged) {
            line.get(MOST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** All lines that were sent. */
    synchronized MailLog sent() {
        return new MailLog(lines);
    }

    @Override
    public synchronized void close() {
        closed = true;
        clock.shutdown();
        producer.close();
    }
}
