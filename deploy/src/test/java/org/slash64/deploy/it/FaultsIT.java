package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.it.TopicContents.differences;
import static org.slash64.deploy.it.TopicContents.last;
import static org.slash64.deploy.it.TopicContents.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.RestartableCluster;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Topics;
import org.slash64.testkit.dns.Fault;

/**
 * While a log grows, a second instance joins and leaves, the broker is restarted twice, DNS is dead for a minute and the
 * program is killed ten times, all with reports about mail coming in. Then the topics say the same as after a run on the whole log that nothing disturbed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class FaultsIT {

    private static final int SPEED = 2;
    private static final int KILLS = 10;
    private static final int BROKER_RESTARTS = 2;
    private static final Duration DNS_OUTAGE = Duration.ofMinutes(1);

    /** Their events are more than {@link #CONFIG} lets be in flight in all tasks, and done within the outage. */
    private static final int UNSEEN_CLIENTS = 100;

    /** From kill to kill, the second half of it at random. The program is up after about four seconds. */
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(3);

    /** Sessions that bring the clock of each host forward in each partition. */
    private static final int LATE_SESSIONS = 200;

    private static final Duration MOST = Duration.ofMinutes(1);

    /** Thresholds so low that within minutes much is limited, listed and delisted. */
    private static final String CONFIG = """
            correlation:
              lateness: 2m
            enrichment:
              max-in-flight: 20
            counting:
              windows: [10s, 1m, 5m]
            limits:
              - name: connections
                levels: [64, 32]
                metric: connections
                period: 20s
                maximum: 30
              - name: network-rejections
                levels: [48, 24]
                metric: rejections
                period: 30s
                maximum: 100
            listing:
              look-back: 2m
              minimum-bad: 10
              bad-per-good: 2
              first-term: 2m
              longest-term: 1d
              minimum-bad-children: 4
            """;

    private final SentFeedback feedback = new SentFeedback();
    private final Random random;
    private final long seed;
    private Path dir;
    private SampleZone dns;
    private LogFeed feed;
    private List<String> duringOutage;
    private TopicContents disturbed;
    private TopicContents undisturbed;
    private List<SmtpVerdict> unseen;

    FaultsIT() {
        seed = Long.getLong("slash64.faults.seed", System.nanoTime());
        random = new Random(seed);
    }

    @BeforeAll
    void runDisturbedAndUndisturbed(@TempDir Path folder) throws Exception {
        dir = folder;
        tell("seed " + seed);
        Files.writeString(dir.resolve("faults.yaml"), CONFIG);
        try (SampleZone zone = SampleZone.serve()) {
            dns = zone;
            runDisturbed();
            tell("the same undisturbed");
            try (RestartableCluster cluster = RestartableCluster.start(dir.resolve("undisturbed"))) {
                feedback.sendAgain(cluster.endpoints());
                runToTheEnd(arguments(cluster, "undisturbed", "--log", log("main")));
                undisturbed = TopicContents.of(cluster.endpoints());
                tell(last(undisturbed.blocklist()).size() + " listed, "
                        + number(undisturbed.history()) + " changes of listings, "
                        + undisturbed.limits().size() + " limits, "
                        + closings(undisturbed).size() + " closed windows, "
                        + last(undisturbed.reputation()).size() + " reputations");
            }
        }
    }

    /** For who reads the test's output. */
    private void tell(String what) {
        System.out.printf("FaultsIT: %s%s%n", what, feed == null ? "" : ", " + feed.elapsed() + " into the log");
    }

    private String log(String name) {
        return dir.resolve(name + ".log").toString();
    }

    private List<String> arguments(RestartableCluster cluster, String data, String... more) {
        List<String> arguments = new ArrayList<>(dns.run(dir.resolve(data + "-data"), more));
        arguments.addAll(List.of("--config", dir.resolve("faults.yaml").toString()));
        arguments.addAll(List.of("--bootstrap-servers", cluster.endpoints().bootstrapServers()));
        arguments.addAll(List.of("--schema-registry", cluster.endpoints().registryUrl()));
        return arguments;
    }

    private static Slash64Process start(List<String> arguments) throws IOException {
        return Slash64Process.start(List.of("-Dlogback.configurationFile=logback-stream-states.xml"), arguments);
    }

    private void runToTheEnd(List<String> arguments) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        all.add("--until-idle");
        try (Slash64Process program = start(all)) {
            assertThat(program.awaitExit(Slash64Process.LONG))
                    .as(program.output())
                    .isZero();
        }
    }

    private void runDisturbed() throws Exception {
        Files.createFile(dir.resolve("unseen.log"));
        try (RestartableCluster cluster = RestartableCluster.start(dir.resolve("disturbed"));
                LogFeed growing = LogFeed.start(SteadyLog.of(Duration.ofMinutes(30)), dir.resolve("main.log"), SPEED)) {
            feed = growing;
            disturb(cluster);
            feed.close();
            feed.append(SteadyLog.lateSessions(feed.elapsed().plus(Duration.ofSeconds(200)), LATE_SESSIONS));
            tell("the rest");
            runToTheEnd(arguments(cluster, "disturbed", "--log", log("main"), log("unseen")));
            disturbed = TopicContents.of(cluster.endpoints());
        }
    }

    private void disturb(RestartableCluster cluster) throws Exception {
        List<String> follow = arguments(cluster, "disturbed", "--log", log("main"), log("unseen"), "--follow");
        try (Slash64Process program = start(follow)) {
            awaitCaughtUp(program, cluster);
            letASecondJoinAndLeave(program, cluster);
            for (int i = 0; i < BROKER_RESTARTS; i++) {
                feed.awaitLines(random.nextInt(200));
                report(cluster);
                tell("restarting the broker");
                cluster.restartBroker();
                awaitCaughtUp(program, cluster);
            }
            letDnsDie(program, cluster);
            feed.awaitLines(random.nextInt(500));
            tell("kill 1");
            program.kill();
        }
        for (int i = 2; i <= KILLS; i++) {
            report(cluster);
            try (Slash64Process program = start(follow)) {
                if (i % 2 == 0) {
                    awaitMoreEvents(program, cluster, 1 + random.nextInt(300));
                } else {
                    feed.awaitMore(Duration.ofMillis(random.nextLong(2 * BETWEEN_KILLS.toMillis())));
                }
                tell("kill " + i);
                program.kill();
            }
        }
    }

    /** Complaints about a message and its sender, and mail to a trap from a network. */
    private void report(RestartableCluster cluster) throws Exception {
        List<SmtpEvent> messages = Parsed.events(feed.soFar()).values().stream()
                .filter(event -> event.getKind() == EventKind.MESSAGE)
                .toList();
        SmtpEvent message = messages.get(random.nextInt(messages.size()));
        String sender = message.getMailFrom().substring(message.getMailFrom().indexOf('@') + 1);
        feedback.send(cluster.endpoints(), message.getId(), FeedbackKind.COMPLAINT, feed.now());
        feedback.send(cluster.endpoints(), sender, FeedbackKind.COMPLAINT, feed.now());
        feedback.send(cluster.endpoints(), message.getClient(), FeedbackKind.SPAMTRAP, feed.now());
    }

    /** Returns when all that follows from the lines written until now is there. */
    private void awaitCaughtUp(Slash64Process program, RestartableCluster cluster) throws Exception {
        feed.awaitMore(SteadyLog.ROUND.dividedBy(SPEED));
        int expected = Parsed.events(feed.soFar()).size();
        await(program, cluster, expected);
        tell(expected + " verdicts");
    }

    private void awaitMoreEvents(Slash64Process program, RestartableCluster cluster, int more) throws Exception {
        long known = Watch.count(cluster.endpoints(), Topics.SMTP_VERDICTS);
        tell(known + " verdicts");
        await(program, cluster, known + more);
    }

    private void await(Slash64Process program, RestartableCluster cluster, long verdicts) throws Exception {
        try {
            Watch.await(cluster.endpoints(), Topics.SMTP_VERDICTS, verdicts);
        } catch (TimeoutException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "; " + program.output(), e);
        }
    }

    private void letASecondJoinAndLeave(Slash64Process program, RestartableCluster cluster) throws Exception {
        tell("a second instance joins");
        try (Slash64Process second = start(arguments(cluster, "second"))) {
            second.awaitLogged(line -> line.contains("from PARTITIONS_ASSIGNED to RUNNING"), MOST);
            tell("it has its share");
            awaitCaughtUp(program, cluster);
            feed.awaitLines(random.nextInt(500));
            report(cluster);
            tell("it leaves");
            second.terminate();
            assertThat(second.awaitExit(MOST)).as(second.output()).isIn(0, 143);
        }
        awaitCaughtUp(program, cluster);
    }

    /** All clients of the growing log are known by now; those of the other are not. */
    private void letDnsDie(Slash64Process program, RestartableCluster cluster) throws Exception {
        tell("DNS dies");
        int before = program.err().size();
        dns.server().injectAll(new Fault.Drop());
        report(cluster);
        SteadyLog.unseenClients(feed.elapsed(), UNSEEN_CLIENTS).write(dir.resolve("unseen.log"));
        feed.awaitMore(DNS_OUTAGE);
        unseen = TopicContents.of(cluster.endpoints()).verdicts().values().stream()
                .flatMap(List::stream)
                .filter(verdict -> isUnseen(verdict.getEvent().getClient()))
                .toList();
        dns.server().heal();
        tell("DNS is back, " + unseen.size() + " verdicts without it");
        duringOutage = program.err().subList(before, program.err().size());
        assertThat(program.isAlive()).as(program.output()).isTrue();
    }

    @Test
    void eventsAndVerdicts_areThoseOfTheLogEachOnce() throws Exception {
        int expected = Parsed.events(new MailLog(Files.readAllLines(Path.of(log("main")))))
                .size();
        assertThat(number(undisturbed.events())).isEqualTo(expected);
        assertThat(undisturbed.eventsById()).hasSize(expected);
        assertThat(number(disturbed.events())).isEqualTo(expected + 2L * UNSEEN_CLIENTS);
        assertThat(number(disturbed.verdicts())).isEqualTo(number(disturbed.events()));
        Map<String, SmtpEvent> events = disturbed.eventsById();
        events.values().removeIf(event -> isUnseen(event.getClient()));
        assertSame(undisturbed.eventsById(), events);
        Map<String, SmtpVerdict> verdicts = disturbed.verdictsById();
        verdicts.values().removeIf(verdict -> isUnseen(verdict.getEvent().getClient()));
        assertSame(undisturbed.verdictsById(), verdicts);
        assertThat(disturbed.deadLetters()).isEmpty();
    }

    @Test
    void unseenClientsWhileDnsIsDead_haveOneVerdictEachAndAreTemperrors() {
        assertThat(unseen).hasSize(2 * UNSEEN_CLIENTS);
        assertThat(unseen).allMatch(verdict -> verdict.getFcrdns().getResult() == FcrdnsResult.TEMPERROR);
    }

    @Test
    void deadDns_throwsNobodyOutOfTheGroup() {
        assertThat(duringOutage).noneMatch(line -> line.contains("State transition") || line.contains("fenced"));
    }

    @Test
    void counts_areTheSameAndEachWindowIsClosedOnce() {
        assertThat(undisturbed.counts()).hasSizeGreaterThan(1_000);
        assertThat(closings(undisturbed).values()).containsOnly(1L);
        assertSame(closings(undisturbed), seen(closings(disturbed)));
        assertSame(last(undisturbed.counts()), seen(last(disturbed.counts())));
    }

    /** How often each window was closed. */
    private static Map<String, Long> closings(TopicContents topics) {
        Map<String, Long> closings = new TreeMap<>();
        topics.counts()
                .forEach((key, counts) -> closings.put(
                        key, counts.stream().filter(PrefixCount::getClosed).count()));
        closings.values().removeIf(count -> count == 0);
        return closings;
    }

    @Test
    void limits_areTheSame() {
        assertThat(undisturbed.limits()).hasSizeGreaterThan(10);
        assertSame(last(undisturbed.limits()), seen(last(disturbed.limits())));
    }

    @Test
    void listingsAndTheirHistory_areTheSame() {
        assertThat(last(undisturbed.blocklist())).isNotEmpty();
        assertThat(undisturbed.history()).hasSizeGreaterThan(10);
        assertSame(last(undisturbed.blocklist()), seen(last(disturbed.blocklist())));
        assertSame(undisturbed.history(), seen(disturbed.history()));
    }

    @Test
    void reputation_isTheSame() {
        assertThat(last(undisturbed.reputation())).hasSizeGreaterThan(5);
        assertSame(last(undisturbed.reputation()), last(disturbed.reputation()));
    }

    private <V> void assertSame(Map<String, V> expected, Map<String, V> actual) {
        assertThat(differences(expected, actual)).as("seed " + seed).isEmpty();
    }

    /** Without what is of clients that only the disturbed run saw; the keys start with their prefixes. */
    private static <V> Map<String, V> seen(Map<String, V> records) {
        Map<String, V> seen = new TreeMap<>(records);
        seen.keySet().removeIf(FaultsIT::isUnseen);
        return seen;
    }

    private static boolean isUnseen(String address) {
        return address.startsWith(SteadyLog.UNSEEN);
    }
}
