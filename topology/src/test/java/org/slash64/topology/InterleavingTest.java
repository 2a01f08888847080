package org.slash64.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.schemas.Change;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;

/** The same verdicts, spread over partitions, out of order within their lateness and read at different speed. */
class InterleavingTest {

    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final int VERDICTS = 1_500;
    private static final int SECONDS = 3_600;

    /** Less than the lateness of a minute. */
    private static final int JITTER_SECONDS = 50;

    private static final List<SmtpVerdict> SAME = verdicts();

    private static CountingTasks.Final inOrder;

    /** Clients of two networks, some bad, one of them with good mail. */
    private static List<SmtpVerdict> verdicts() {
        Random random = new Random(64);
        List<SmtpVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < VERDICTS; i++) {
            Instant at = START.plusMillis(i * 1_000L * SECONDS / VERDICTS);
            int client = (int) Math.min(7, Math.abs(random.nextGaussian() * 2));
            String address = client % 2 == 0 ? "2001:db8:1:%d::1".formatted(client) : "192.0.2." + client;
            boolean good = client == 2 && random.nextInt(5) == 0;
            SmtpEvent event = Events.event(good ? EventKind.MESSAGE : EventKind.REJECTION, address, at);
            SmtpVerdict verdict = Events.verdict(event, FcrdnsResult.PASS, good ? Outcome.GOOD : Outcome.BAD);
            verdict.setAuthentication(Events.proven("domain" + client % 3 + ".example"));
            verdicts.add(verdict);
        }
        return verdicts;
    }

    @BeforeAll
    static void readInOrder() {
        CountingTasks tasks = new CountingTasks(1);
        SAME.forEach(verdict -> {
            tasks.read(0, verdict);
            tasks.pass(500);
        });
        inOrder = tasks.finish();
        assertThat(inOrder.closedWindows()).hasSizeGreaterThan(100);
        assertThat(inOrder.releases()).isNotEmpty();
        assertThat(inOrder.reputation()).hasSize(3);
        assertThat(inOrder.history().values())
                .anySatisfy(changes -> assertThat(changes)
                        .extracting(ListingChange::getChange)
                        .containsExactly(Change.LISTED, Change.DELISTED));
        assertThat(inOrder.closedWindows().values())
                .allSatisfy(updates -> assertThat(updates)
                        .hasSize(1)
                        .allMatch(last -> last.getCounts().getLate() == 0));
        assertThat(inOrder.blocklist()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void otherInterleaving_givesTheSameFinalRecords(long seed) {
        Random random = new Random(seed);
        int sources = 1 + random.nextInt(4);
        List<List<SmtpVerdict>> partitions = spread(random, sources);
        CountingTasks tasks = new CountingTasks(sources);
        int[] next = new int[sources];
        for (boolean more = true; more; ) {
            more = false;
            for (int source = 0; source < sources; source++) {
                int end = Math.min(partitions.get(source).size(), next[source] + 1 + random.nextInt(20));
                while (next[source] < end) {
                    tasks.read(source, partitions.get(source).get(next[source]++));
                    more = true;
                }
            }
            tasks.pass(random.nextInt(1_500));
        }
        CountingTasks.Final read = tasks.finish();
        assertThat(read.closedWindows()).isEqualTo(inOrder.closedWindows());
        assertThat(read.releases()).isEqualTo(inOrder.releases());
        assertThat(read.history()).isEqualTo(inOrder.history());
        assertThat(read.blocklist()).isEqualTo(inOrder.blocklist());
        assertThat(read.reputation()).isEqualTo(inOrder.reputation());
    }

    private static List<List<SmtpVerdict>> spread(Random random, int sources) {
        List<List<SmtpVerdict>> partitions = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            partitions.add(new ArrayList<>());
        }
        shuffledWithinLateness(random)
                .forEach(verdict -> partitions.get(random.nextInt(sources)).add(verdict));
        return partitions;
    }

    private static List<SmtpVerdict> shuffledWithinLateness(Random random) {
        List<SmtpVerdict> shuffled = new ArrayList<>();
        int chunk = JITTER_SECONDS * VERDICTS / SECONDS;
        for (int from = 0; from < SAME.size(); from += chunk) {
            List<SmtpVerdict> part = new ArrayList<>(SAME.subList(from, Math.min(SAME.size(), from + chunk)));
            Collections.shuffle(part, random);
            shuffled.addAll(part);
        }
        return shuffled;
    }
}
