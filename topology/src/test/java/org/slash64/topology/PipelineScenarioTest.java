package org.slash64.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slash64.schemas.Change;
import org.slash64.schemas.Counts;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.PrefixCount;

/** Log lines in, topics out: the whole graph, without a broker. */
class PipelineScenarioTest {

    private static final String BAD = "2001:db8:1:200::bad";
    private static final String FINEST = "2001:db8:1:200::/64";
    private static final Duration SETTLED = Duration.ofSeconds(10);

    /** Long enough for event time to go on by a minute of lateness and a bucket. */
    private static final Duration FINISHED = Duration.ofMinutes(2);

    private static final Duration STEP = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(directory, Site.SETTINGS);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void burst_isCountedAtAllLevelsAndWindows() {
        site.refused("16T08:00:01", BAD, 31);
        site.pass(Duration.ofSeconds(2));
        Counts expected = Counts.newBuilder()
                .setConnections(1)
                .setRejections(31)
                .setBad(31)
                .setUnauthenticated(32)
                .build();
        assertThat(site.countKeys())
                .containsExactlyInAnyOrder(
                        FINEST + "@PT1M@2026-11-16T08:00:00Z",
                        FINEST + "@PT1H@2026-11-16T08:00:00Z",
                        FINEST + "@P1D@2026-11-16T00:00:00Z",
                        "2001:db8:1:200::/56@PT1M@2026-11-16T08:00:00Z",
                        "2001:db8:1:200::/56@PT1H@2026-11-16T08:00:00Z",
                        "2001:db8:1:200::/56@P1D@2026-11-16T00:00:00Z",
                        "2001:db8:1::/48@PT1M@2026-11-16T08:00:00Z",
                        "2001:db8:1::/48@PT1H@2026-11-16T08:00:00Z",
                        "2001:db8:1::/48@P1D@2026-11-16T00:00:00Z")
                .allSatisfy(key -> assertThat(site.counts(key)).isEqualTo(expected));
    }

    @Test
    void neighbours_addUpInTheirNetwork() {
        site.refused("16T08:00:01", "2001:db8:1:200::1", 2);
        site.refused("16T08:00:02", "2001:db8:1:2ff::1", 3);
        site.refused("16T08:01:02", "2001:db8:1:300::1", 4);
        site.refused("16T08:01:03", "192.0.2.1", 5);
        site.refused("16T08:01:03", "192.0.2.255", 6);
        site.pass(Duration.ofSeconds(2));
        assertThat(site.counts("2001:db8:1:200::/56@PT1M@2026-11-16T08:00:00Z").getRejections())
                .isEqualTo(5);
        assertThat(site.counts("2001:db8:1::/48@PT1M@2026-11-16T08:00:00Z").getRejections())
                .isEqualTo(5);
        assertThat(site.counts("2001:db8:1::/48@PT1M@2026-11-16T08:01:00Z").getRejections())
                .isEqualTo(4);
        assertThat(site.counts("2001:db8:1::/48@PT1H@2026-11-16T08:00:00Z").getRejections())
                .isEqualTo(9);
        assertThat(site.counts("192.0.2.255/32@PT1H@2026-11-16T08:00:00Z").getRejections())
                .isEqualTo(6);
        assertThat(site.counts("192.0.2.0/24@PT1H@2026-11-16T08:00:00Z").getRejections())
                .isEqualTo(11);
    }

    @Test
    void window_isClosedOnceWithItsLastSums() {
        site.refused("16T08:00:01", BAD, 3);
        site.pass(SETTLED);
        assertThat(site.closed()).isEmpty();
        site.refused("16T08:03:00", "2001:db8:2::1", 1);
        site.pass(SETTLED);
        assertThat(site.closed())
                .filteredOn(count -> count.getPrefix().equals(FINEST))
                .extracting(
                        PrefixCount::getWindow,
                        PrefixCount::getEnd,
                        count -> count.getCounts().getRejections())
                .containsExactly(tuple("PT1M", Instant.parse("2026-11-16T08:01:00Z"), 3L));
    }

    @Test
    void limit_isProvisionalThenFinalThenReleasedWhenDue() {
        site.refused("16T08:00:01", BAD, 31);
        site.pass(Duration.ofSeconds(2));
        List<LimitDecision> early = site.limits();
        assertThat(early).hasSize(1);
        assertThat(early.get(0)).satisfies(decision -> {
            assertThat(decision.getSubject()).isEqualTo(FINEST);
            assertThat(decision.getRule()).isEqualTo("rejections");
            assertThat(decision.getLimited()).isTrue();
            assertThat(decision.getProvisional()).isTrue();
            assertThat(decision.getSince()).isEqualTo("2026-11-16T08:00:00Z");
            assertThat(decision.getUntil()).isEqualTo("2026-11-16T08:10:10Z");
            assertThat(decision.getPeak()).isEqualTo(31);
        });
        site.pass(FINISHED, STEP);
        LimitDecision last = LimitDecision.newBuilder(early.get(0)).build();
        last.setProvisional(false);
        assertThat(site.limits()).containsExactly(last);
        site.pass(Duration.ofMinutes(15), Duration.ofSeconds(10));
        LimitDecision released = LimitDecision.newBuilder(last).build();
        released.setLimited(false);
        assertThat(site.limits()).containsExactly(released);
    }

    @Test
    void listing_saysWhyAndIsProvisionalThenFinal() {
        site.refused("16T08:00:01", BAD, 25);
        site.pass(Duration.ofSeconds(2));
        List<Listing> early = site.blocklist();
        assertThat(early).hasSize(1);
        assertThat(early.get(0)).satisfies(listing -> {
            assertThat(listing.getSubject()).isEqualTo(FINEST);
            assertThat(listing.getProvisional()).isTrue();
            assertThat(listing.getReason())
                    .isEqualTo("25 bad outcomes and no good one in 10 seconds: 1 connection, 25 rejections");
            assertThat(listing.getEvidence().getCounts().getBad()).isEqualTo(25);
            assertThat(listing.getEvidence().getFrom()).isEqualTo("2026-11-16T08:00:00Z");
            assertThat(listing.getEvidence().getTo()).isEqualTo("2026-11-16T08:00:10Z");
            assertThat(listing.getStrikes()).isEqualTo(1);
            assertThat(listing.getListedAt()).isEqualTo("2026-11-16T08:00:10Z");
            assertThat(listing.getExpires()).isEqualTo("2026-11-17T08:00:10Z");
        });
        assertThat(site.history()).isEmpty();
        site.pass(FINISHED, STEP);
        Listing last = Listing.newBuilder(early.get(0)).setProvisional(false).build();
        assertThat(site.blocklist()).containsExactly(last);
        assertThat(site.history())
                .extracting(ListingChange::getChange, ListingChange::getAt, ListingChange::getExpires)
                .containsExactly(tuple(Change.LISTED, last.getListedAt(), last.getExpires()));
    }

    @Test
    void listing_thatOthersOvertake_endsAtItsDueInstant() {
        site.refused("16T08:00:01", BAD, 25);
        site.pass(FINISHED, STEP);
        site.blocklist();
        site.history();
        site.refused("17T08:00:30", "2001:db8:2::1", 1);
        site.pass(SETTLED);
        assertThat(site.blocklist()).as("a minute of lateness is not over").isEmpty();
        site.refused("17T08:01:30", "2001:db8:2::1", 1);
        site.pass(SETTLED);
        assertThat(site.blocklist()).containsExactly((Listing) null);
        assertThat(site.history())
                .extracting(ListingChange::getChange, ListingChange::getSubject, ListingChange::getAt)
                .containsExactly(tuple(Change.DELISTED, FINEST, Instant.parse("2026-11-17T08:00:10Z")));
    }

    @Test
    void idle_eventTimeGoesOnByWallTimeAndNeverJumpsToTheWallClock() {
        site.refused("16T08:00:01", BAD, 25);
        site.pass(FINISHED, STEP);
        site.blocklist();
        site.history();
        site.pass(Duration.ofHours(23), Duration.ofHours(1));
        assertThat(site.blocklist())
                .as("more than a year after its expiry by the wall clock")
                .isEmpty();
        site.pass(Duration.ofHours(3), Duration.ofHours(1));
        assertThat(site.blocklist()).containsExactly((Listing) null);
        assertThat(site.history())
                .extracting(ListingChange::getChange, ListingChange::getAt)
                .containsExactly(tuple(Change.DELISTED, Instant.parse("2026-11-17T08:00:10Z")));
    }

    @Test
    void goodMail_protects() {
        String client = "2001:db8:1:200::25";
        site.confirm(client);
        site.accepted("mx1", "16T08:00:01", "smtpd", client, 3, "");
        site.refused("16T08:00:01", client, 25);
        site.pass(FINISHED, STEP);
        assertThat(site.counts(FINEST + "@PT1M@2026-11-16T08:00:00Z"))
                .isEqualTo(Counts.newBuilder()
                        .setConnections(2)
                        .setMessages(3)
                        .setBytes(3000)
                        .setRejections(25)
                        .setGood(3)
                        .setBad(25)
                        .setFcrdnsPass(2)
                        .setAuthenticated(30)
                        .build());
        assertThat(site.blocklist()).isEmpty();
    }

    @Test
    void spammerThatRotatesThroughThe64sOfOne56_hasThe56Listed() {
        for (int i = 0; i < 30; i++) {
            site.refused("16T08:00:01", "2001:db8:1:2%02x::1".formatted(i), 1);
        }
        site.pass(FINISHED, STEP);
        assertThat(site.history())
                .extracting(ListingChange::getSubject, ListingChange::getChange)
                .containsExactly(tuple("2001:db8:1:200::/56", Change.ESCALATED));
        assertThat(site.blocklist())
                .last()
                .satisfies(listing -> assertThat(listing.getProvisional()).isFalse());
    }

    @Test
    void oneBad64AmongGoodNeighbours_isListedAlone() {
        for (int i = 1; i <= 12; i++) {
            String neighbour = "2001:db8:1:2%02x::25".formatted(i);
            site.confirm(neighbour);
            site.accepted("mx1", "16T08:00:01", "smtpd", neighbour, 3, "");
        }
        site.refused("16T08:00:01", BAD, 40);
        site.pass(FINISHED, STEP);
        assertThat(site.history())
                .extracting(ListingChange::getSubject, ListingChange::getChange)
                .containsExactly(tuple(FINEST, Change.LISTED));
    }

    @Test
    void provisionalListing_isWithdrawnWhenGoodMailOfBeforeArrives() {
        String client = "2001:db8:1:200::25";
        site.confirm(client);
        site.refused("16T08:00:31", client, 25);
        site.pass(Duration.ofSeconds(2));
        assertThat(site.blocklist()).extracting(Listing::getProvisional).containsExactly(true);
        site.accepted("mx2", "16T08:00:05", "smtpd", client, 3, "");
        site.pass(FINISHED, STEP);
        assertThat(site.blocklist()).containsExactly((Listing) null);
        assertThat(site.history()).isEmpty();
    }

    @Test
    void ownUsersAndNetworks_areNotCounted() {
        String user = "2001:db8:1:200::5";
        site.refused("mx1", "16T08:00:01", "submission/smtpd", user, 20, "554 5.7.1 no");
        site.refused("mx1", "16T08:00:01", "smtps/smtpd", user, 20, "554 5.7.1 no");
        site.accepted("mx1", "16T08:00:01", "smtpd", user, 1, ", sasl_method=PLAIN, sasl_username=joe");
        site.refused("16T08:00:02", "10.1.2.3", 20);
        site.refused("16T08:00:02", "::1", 20);
        site.refused("16T08:00:02", "fd00::1", 20);
        site.pass(FINISHED, STEP);
        assertThat(site.countKeys()).isEmpty();
        assertThat(site.limits()).isEmpty();
        assertThat(site.blocklist()).isEmpty();
    }

    @Test
    void documentationPrefixes_areNotListedByDefault() {
        site.close();
        site = new Site(directory.resolve("other"), Site.SETTINGS.withRules(Rules.defaults()));
        site.refused("16T08:00:01", BAD, 31);
        site.refused("16T08:00:01", "198.51.100.7", 31);
        site.pass(FINISHED, STEP);
        assertThat(site.countKeys()).isNotEmpty();
        assertThat(site.limits()).isNotEmpty();
        assertThat(site.blocklist()).isEmpty();
        assertThat(site.history()).isEmpty();
    }

    @Test
    void reservedSpace_isNeverListed() {
        Stream.of("2002:c000:201::1", "64:ff9b::c000:201", "2001::c000:201", "100.64.1.1", "192.88.99.1")
                .forEach(client -> site.refused("16T08:00:01", client, 20));
        site.pass(FINISHED, STEP);
        assertThat(site.countKeys()).contains("2002:c000:201::/64@P1D@2026-11-16T00:00:00Z");
        assertThat(site.blocklist()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "450 4.2.0 <b@example.com>: Recipient address rejected: Greylisted",
                "554 5.7.1 Service unavailable; Client host [2001:db8:1:200::bad] blocked using bl.example.com;"
                        + " listed by slash64: 2001:db8:1:200::bad",
                "552 5.2.2 <b@example.com>: Recipient address rejected: mailbox full"
            })
    void refusalsThatProveNothing_areNeutral(String reply) {
        site.refused("mx1", "16T08:00:01", "smtpd", BAD, 20, reply);
        site.pass(FINISHED, STEP);
        Counts counts = site.counts(FINEST + "@PT1M@2026-11-16T08:00:00Z");
        assertThat(counts.getRejections() + counts.getOwnRejections()).isEqualTo(20);
        assertThat(counts.getBad()).isZero();
        assertThat(site.blocklist()).isEmpty();
    }

    @Test
    void clientThatCallsItselfSlash64_isListedAllTheSame() {
        site.refused(
                "mx1",
                "16T08:00:01",
                "smtpd",
                BAD,
                31,
                "550 5.1.1 <slash64@example.com>: Recipient address rejected: no");
        site.pass(FINISHED, STEP);
        assertThat(site.blocklist()).isNotEmpty();
    }

    @Test
    void unreadableLines_goToTheDeadLetterTopicAsTheyCame() {
        String noHeader = "no log line at all";
        String noAddress = "2026-11-16T08:00:01+00:00 mx1 postfix/smtpd[1]: connect from unknown[999.1.1.1]";
        site.raw(noHeader);
        site.raw(noAddress);
        site.raw("");
        site.raw("2026-11-16T08:00:01+00:00 mx1 sshd[1]: Connection closed");
        List<TestRecord<byte[], byte[]>> letters = site.deadLetters();
        assertThat(letters)
                .extracting(letter -> text(letter.value()), letter -> header(letter, "reason"))
                .containsExactlyInAnyOrder(tuple(noHeader, "NO_SYSLOG_HEADER"), tuple(noAddress, "BAD_CLIENT_ADDRESS"));
        assertThat(letters).allSatisfy(letter -> {
            assertThat(header(letter, "detail")).isNotEmpty();
            assertThat(header(letter, "length")).isEqualTo(Integer.toString(letter.value().length));
        });
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void sessionThatEndsAfterItsLateness_countsWhenItEndsAndAsLate() {
        site.lines("mx1", "16T08:00:00", "smtpd", 7, List.of("connect from unknown[" + BAD + "]"));
        site.lines("mx1", "16T08:05:00", "smtpd", 7, List.of("disconnect from unknown[" + BAD + "] quit=1 commands=1"));
        site.pass(SETTLED);
        assertThat(site.counts(FINEST + "@PT1M@2026-11-16T08:00:00Z")).isNull();
        assertThat(site.counts(FINEST + "@PT1M@2026-11-16T08:05:00Z"))
                .isEqualTo(Counts.newBuilder()
                        .setConnections(1)
                        .setLate(1)
                        .setUnauthenticated(1)
                        .build());
    }

    @Test
    void hostThatFallsBehindTheOthers_isCountedInTheCurrentBucketAndAsLate() {
        site.refused("16T08:30:00", "2001:db8:2::1", 1);
        site.pass(SETTLED);
        site.refused("mx2", "16T08:00:00", "smtpd", BAD, 4, "550 5.1.1 no");
        site.pass(Duration.ofSeconds(2));
        assertThat(site.counts(FINEST + "@PT1M@2026-11-16T08:00:00Z")).isNull();
        Counts counts = site.counts(FINEST + "@PT1M@2026-11-16T08:29:00Z");
        assertThat(counts.getRejections()).isEqualTo(4);
        assertThat(counts.getLate()).isEqualTo(5);
    }
}
