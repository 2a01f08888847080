package org.slash64.topology.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.topology.DecisionTasks;
import org.slash64.topology.Events;
import org.slash64.topology.Rules;
import org.slash64.topology.limit.LimitRule;
import org.slash64.topology.listing.AllowedBy;
import org.slash64.topology.listing.ListingPolicy;
import org.slash64.topology.reputation.ReputationPolicy;

class ReplayTest {

    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(5));
    private static final Duration LATENESS = Duration.ofMinutes(1);
    private static final Rules RULES = Rules.defaults().withDocumentation();
    private static final String BAD = "2001:db8:1:200::bad";
    private static final String BAD_64 = "2001:db8:1:200::/64";

    private final List<SmtpVerdict> verdicts = new ArrayList<>();
    private final List<Feedback> feedback = new ArrayList<>();
    private int ids;

    private SmtpVerdict add(EventKind kind, String client, Instant at, Outcome outcome, String... domains) {
        SmtpEvent event = Events.event(kind, client, at);
        event.setId(HexFormat.of().toHexDigits(ids++, 8) + "0".repeat(24));
        SmtpVerdict verdict = Events.verdict(event, FcrdnsResult.PASS, outcome);
        verdict.setAuthentication(Events.proven(domains));
        verdicts.add(verdict);
        return verdict;
    }

    private void refused(String client, Instant at, int times) {
        for (int i = 0; i < times; i++) {
            add(EventKind.REJECTION, client, at, Outcome.BAD);
        }
    }

    private void accepted(String client, Instant at, int times, String... domains) {
        for (int i = 0; i < times; i++) {
            add(EventKind.MESSAGE, client, at, Outcome.GOOD, domains);
        }
    }

    private Differences replay(Rules other, Instant from, Instant to) {
        Replay replay =
                new Replay(RULES, other, rules -> AllowedBy.always(rules.allowlist()), from, to, LATENESS, feedback);
        replay.begin(0);
        verdicts.forEach(verdict -> replay.take(0, verdict, OptionalLong.empty()));
        replay.end(0);
        return replay.finish();
    }

    @Test
    void moreThanMayBeHeld_isDecidedOnInOrderOfTime() {
        for (int i = 0; i < Replay.MAX_OPEN / 3 + 1_000; i++) {
            String client = "2001:%x:%x:1::1".formatted(0x1000 + i / 10_000, i % 10_000);
            add(EventKind.CONNECTION, client, START.plusMillis(i * 10L), Outcome.NEUTRAL);
        }
        refused(BAD, END.minusSeconds(60), 30);
        assertThat(replay(RULES, START, END).liveChanges())
                .extracting(ListingChange::getSubject, ListingChange::getAt)
                .containsExactly(tuple(BAD_64, END.minusSeconds(50)));
    }

    @Test
    void verdictsFarOutOfOrder_countAtTheirTime_asTheWatermarkSays() {
        refused(BAD, START, 30);
        accepted("2001:db8:9::25", START.plus(Duration.ofDays(1)), 1, "example.com");
        Differences inOrder = replay(withMinimumBad(50), START, END);
        Replay replay = new Replay(
                RULES,
                withMinimumBad(50),
                rules -> AllowedBy.always(rules.allowlist()),
                START,
                END,
                LATENESS,
                feedback);
        replay.begin(0);
        replay.begin(1);
        OptionalLong stillKept = OptionalLong.of(START.toEpochMilli());
        replay.take(0, verdicts.get(30), stillKept);
        replay.take(
                1,
                verdicts.get(0),
                OptionalLong.of(START.plus(Duration.ofDays(1)).toEpochMilli()));
        replay.end(1);
        verdicts.subList(1, 30).forEach(verdict -> replay.take(0, verdict, stillKept));
        replay.end(0);
        Differences differences = replay.finish();
        assertThat(differences.onlyLive()).isEqualTo(inOrder.onlyLive());
        assertThat(differences.liveChanges()).isEqualTo(inOrder.liveChanges());
    }

    private static Rules withMinimumBad(long minimum) {
        ListingPolicy defaults = RULES.listing();
        return new Rules(
                LimitRule.defaults(),
                ReputationPolicy.defaults(),
                new ListingPolicy(
                        defaults.lookBack(),
                        minimum,
                        defaults.badPerGood(),
                        defaults.keptShare(),
                        defaults.firstTerm(),
                        defaults.longestTerm(),
                        defaults.strikesKept(),
                        defaults.minimumBadChildren(),
                        defaults.badChildrenShare(),
                        defaults.sharedDomains(),
                        defaults.recoveredFrom(),
                        defaults.weights(),
                        true),
                List.of());
    }

    /** An hour of clients good and bad, with feedback about some of their messages. */
    private void busyHour() {
        Random random = new Random(64);
        for (int i = 0; i < 1_500; i++) {
            Instant at = START.plusMillis(i * 2_400L);
            String client = "2001:db8:1:%x00::%x".formatted(random.nextInt(12), random.nextInt(3));
            boolean good = random.nextInt(15) == 0;
            SmtpVerdict verdict = add(
                    good ? EventKind.MESSAGE : EventKind.REJECTION,
                    client,
                    at,
                    good ? Outcome.GOOD : Outcome.BAD,
                    "domain%d.example".formatted(random.nextInt(4)));
            if (good && random.nextInt(3) == 0) {
                feedback.add(new Feedback(
                        verdict.getEvent().getId(), FeedbackKind.SPAMTRAP, null, at.plusSeconds(90), "trap", ""));
            }
        }
    }

    @Test
    void sameRules_leadToWhatTheStreamDecides_andDifferInNothing() {
        busyHour();
        feedback.clear(); // joined by another task of the stream than those here
        List<ListingChange> decided = DecisionTasks.history(verdicts).stream()
                .filter(change -> change.getAt().isBefore(END))
                .toList();
        assertThat(decided).extracting(ListingChange::getChange).contains(Change.LISTED, Change.ESCALATED);
        Differences differences = replay(RULES, START, END);
        assertThat(differences.liveChanges()).containsExactlyInAnyOrderElementsOf(decided);
        assertThat(differences.onlyLive()).isEmpty();
        assertThat(differences.onlyOther()).isEmpty();
        assertThat(differences.newlyBlocked()).isEmpty();
        assertThat(differences.noLongerBlocked()).isEmpty();
        assertThat(differences.otherSpells()).isZero();
        assertThat(differences.sameSpells()).isPositive();
    }

    @Test
    void sameInput_givesTheSame_howeverItsOrderWithinLateness() {
        busyHour();
        Differences first = replay(withMinimumBad(5), START, END);
        assertThat(replay(withMinimumBad(5), START, END)).isEqualTo(first);
        Random random = new Random(1);
        for (int from = 0; from + 20 <= verdicts.size(); from += 20) {
            Collections.shuffle(verdicts.subList(from, from + 20), random);
        }
        assertThat(replay(withMinimumBad(5), START, END)).isEqualTo(first);
    }

    @Test
    void stricterRules_listMore_andTellTheMailTheyWouldKeepOut() {
        refused(BAD, START, 12);
        accepted("2001:db8:1:200::25", START.plusSeconds(60), 1, "example.org", "example.net");
        accepted("2001:db8:9::25", START.plusSeconds(60), 4, "example.com");
        Differences differences = replay(withMinimumBad(10), START, START.plusSeconds(600));
        assertThat(differences.onlyOther()).containsOnlyKeys(BAD_64);
        assertThat(differences.onlyOther().get(BAD_64))
                .extracting(Spell::from, Spell::to)
                .containsExactly(tuple(START.plusSeconds(10), START.plusSeconds(600)));
        assertThat(differences.onlyLive()).isEmpty();
        assertThat(differences.newlyBlocked()).singleElement().satisfies(blocked -> {
            assertThat(blocked.subject()).isEqualTo(BAD_64);
            assertThat(blocked.messages()).containsOnlyKeys("example.net", "example.org");
            assertThat(blocked.total()).isEqualTo(2);
        });
        assertThat(differences.verdicts()).isEqualTo(17);
    }

    @Test
    void laxerRules_listLess_andTellTheMailTheyWouldLetIn() {
        refused(BAD, START, 30);
        accepted("2001:db8:1:200::25", START.plusSeconds(60), 1, "example.org");
        Differences differences = replay(withMinimumBad(50), START, END);
        assertThat(differences.onlyLive()).containsOnlyKeys(BAD_64);
        assertThat(differences.noLongerBlocked()).extracting(Blocked::subject).containsExactly(BAD_64);
        assertThat(differences.newlyBlocked()).isEmpty();
    }

    @Test
    void both_startFromWhatTheLiveRulesCameToBefore() {
        refused(BAD, START, 30);
        Instant from = START.plus(Duration.ofHours(2));
        refused("2001:db8:2::1", from, 30);
        Differences differences = replay(withMinimumBad(1_000), from, END);
        assertThat(differences.before()).isEqualTo(30);
        assertThat(differences.verdicts()).isEqualTo(30);
        assertThat(differences.onlyLive()).containsOnlyKeys("2001:db8:2::/64");
        assertThat(differences.onlyOther()).as("listed before, and still is").isEmpty();
        assertThat(differences.sameSpells()).isEqualTo(1);
    }

    @Test
    void feedback_countsForItsEventPrefixAndDomain_orderedListsToo() {
        accepted(BAD, START, 1, "example.org");
        feedback.add(new Feedback(
                verdicts.get(0).getEvent().getId(), FeedbackKind.SPAMTRAP, null, START.plusSeconds(30), "trap", ""));
        feedback.add(
                new Feedback("2001:db8:1:200::bad", FeedbackKind.SPAMTRAP, null, START.plusSeconds(40), "trap", ""));
        feedback.add(new Feedback("example.com", FeedbackKind.LIST, null, START.plusSeconds(50), "joe", "phishing"));
        Differences differences = replay(RULES, START, END);
        assertThat(differences.liveChanges())
                .filteredOn(change -> change.getChange() == Change.LISTED)
                .extracting(ListingChange::getSubject)
                .containsExactlyInAnyOrder(BAD_64, "example.com");
    }

    @Test
    void allowlist_ofEachRuleSet_holdsForItAlone() {
        refused(BAD, START, 30);
        Rules allowing = RULES.withAllowlist(List.of(new AllowEntry("2001:db8:1::/48", "ours", "joe", Instant.EPOCH)));
        assertThat(replay(allowing, START, END).onlyLive()).containsOnlyKeys(BAD_64);
    }

    @Test
    void end_isExclusive_andNothingAfterItCounts() {
        refused(BAD, START, 10);
        refused(BAD, START.plusSeconds(60), 20);
        assertThat(replay(RULES, START, START.plusSeconds(60)).liveChanges()).isEmpty();
        assertThat(replay(RULES, START, START.plusSeconds(80)).liveChanges()).hasSize(1);
    }

    @Test
    void timesBeforeAllTimes_areHarmless() {
        refused(BAD, START, 30);
        verdicts.get(0).getEvent().setCountedAt(Instant.ofEpochMilli(Long.MIN_VALUE));
        feedback.add(
                new Feedback(BAD_64, FeedbackKind.SPAMTRAP, null, Instant.ofEpochMilli(Long.MIN_VALUE), "trap", ""));
        assertThat(replay(RULES, START, END).liveChanges())
                .extracting(ListingChange::getSubject)
                .contains(BAD_64);
    }

    @Test
    void nothingRecorded_nothingDiffers() {
        Differences differences = replay(withMinimumBad(1), START, END);
        assertThat(differences.verdicts()).isZero();
        assertThat(differences.onlyOther()).isEmpty();
    }

    @Test
    void exemptVerdicts_areNotCounted() {
        refused(BAD, START, 30);
        verdicts.forEach(verdict -> verdict.setExempt("sasl"));
        assertThat(replay(RULES, START, END).liveChanges()).isEmpty();
    }
}
