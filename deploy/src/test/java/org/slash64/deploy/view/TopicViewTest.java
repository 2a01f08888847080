package org.slash64.deploy.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.slash64.deploy.view.Sample.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Change;
import org.slash64.schemas.Level;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.Topics;

class TopicViewTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-16T00:00:00Z");

    private final List<String> told = new ArrayList<>();
    private final TopicView view = new TopicView(List.of(MINUTE, Duration.ofHours(1), DAY), new TopicView.Observer() {
        @Override
        public void changed(ListingChange change) {
            told.add("changed " + change.getSubject());
        }

        @Override
        public void limited(LimitDecision decision) {
            told.add("limited " + decision.getSubject());
        }

        @Override
        public void published(String subject, Listing listing) {
            told.add((listing == null ? "gone " : "published ") + subject);
        }

        @Override
        public void counted(Series newest) {
            told.add("counted " + newest.points().get(0).figures().events());
        }
    });

    private void count(PrefixCount count) {
        view.take(Topics.PREFIX_COUNTS.name(), count.getPrefix(), count);
    }

    private long events(Duration period) {
        return view.series(period, 100).points().stream()
                .mapToLong(point -> point.figures().events())
                .sum();
    }

    @Test
    void series_updatesOfAWindow_countOnce() {
        count(Sample.count("2001:db8::/48", MINUTE, NOON, 3, false));
        count(Sample.count("2001:db8::/48", MINUTE, NOON, 5, false));
        count(Sample.count("2001:db8::/48", MINUTE, NOON, 5, true));
        count(Sample.count("192.0.2.0/24", MINUTE, NOON, 2, true));
        count(Sample.count("2001:db8::/64", MINUTE, NOON, 5, true)); // its network has them already
        assertThat(events(Duration.ofHours(1))).isEqualTo(7);
    }

    @Test
    void series_longTime_hasReadableSteps() {
        count(Sample.count("2001:db8::/48", MINUTE, NOON, 1, true));
        assertThat(view.series(Duration.ofDays(7), 120).step()).isEqualTo("PT2H");
        assertThat(view.series(Duration.ofDays(7), 120).points()).hasSize(84);
        assertThat(view.series(Duration.ofHours(1), 120).step()).isEqualTo("PT1M");
    }

    @Test
    void series_moreThanAWeek_forgetsTheOldest() {
        for (int minute = 0; minute <= TimeSeries.MOST_WINDOWS; minute++) {
            count(Sample.count("2001:db8::/48", MINUTE, NOON.plus(MINUTE.multipliedBy(minute)), 1, true));
        }
        assertThat(events(Duration.ofDays(30))).isEqualTo(TimeSeries.MOST_WINDOWS);
    }

    @Test
    void busiest_ofALevel_inOrder() {
        count(Sample.count("2001:db8:1::/48", DAY, MIDNIGHT, 5, false));
        count(Sample.count("2001:db8:2::/48", DAY, MIDNIGHT, 9, false));
        count(Sample.count("2001:db8:2::/64", DAY, MIDNIGHT, 9, false));
        count(Sample.count("2001:db8:2::/48", MINUTE, NOON, 9, false));
        Comparator<BusyPrefix> byEvents = Comparator.comparingLong(
                        (BusyPrefix busy) -> busy.figures().events())
                .reversed();
        assertThat(view.busiest(Level.IPV6_48, DAY, prefix -> true, byEvents))
                .extracting(BusyPrefix::prefix)
                .containsExactly("2001:db8:2::/48", "2001:db8:1::/48");
        assertThat(view.windows(Prefix.parse("2001:db8:2::/48").orElseThrow())).hasSize(1);
    }

    @Test
    void changes_ofOneSubject_areBounded() {
        for (int i = 0; i < ListingHistory.MOST_OF_SUBJECT + 5; i++) {
            view.take(
                    Topics.BLOCKLIST_HISTORY.name(),
                    "2001:db8::/64",
                    Sample.change("2001:db8::/64", Change.EXTENDED, "number " + i));
        }
        List<ListingChange> kept = view.changes(Prefix.parse("2001:db8::/64").orElseThrow());
        assertThat(kept).hasSize(ListingHistory.MOST_OF_SUBJECT);
        assertThat(kept.get(0).getWhy()).isEqualTo("number 5");
    }

    @Test
    void limits_theLastOfEachRuleAndSubject() {
        limit("2001:db8::/64", "connections", true);
        limit("2001:db8::/64", "rejections", true);
        limit("2001:db8::/48", "connections", true);
        limit("2001:db8::/64", "connections", false);
        assertThat(view.limits(Prefix.parse("2001:db8::/64").orElseThrow()))
                .extracting(LimitDecision::getRule, LimitDecision::getLimited)
                .containsExactlyInAnyOrder(tuple("connections", false), tuple("rejections", true));
        assertThat(view.limits(Prefix.parse("2001:db8::/56").orElseThrow())).isEmpty();
        assertThat(view.limits())
                .extracting(LimitDecision::getSubject)
                .containsExactly("2001:db8::/48", "2001:db8::/64", "2001:db8::/64");
    }

    private void limit(String subject, String rule, boolean limited) {
        LimitDecision decision = Sample.limit(subject, limited);
        decision.setRule(rule);
        view.take(Topics.PREFIX_LIMITS.name(), subject + " " + rule, decision);
    }

    @Test
    void observer_isToldWhatIsNew_notThePast() {
        view.take(
                Topics.BLOCKLIST_HISTORY.name(), "a.example", Sample.change("a.example", Change.LISTED, "in the past"));
        view.caughtUp(NOON);
        view.take(Topics.BLOCKLIST_HISTORY.name(), "b.example", Sample.change("b.example", Change.LISTED, "now"));
        view.take(Topics.BLOCKLIST.name(), "b.example", Sample.listing("b.example", "now"));
        view.take(Topics.BLOCKLIST.name(), "b.example", null);
        view.take(Topics.PREFIX_LIMITS.name(), "c.example connections", Sample.limit("c.example", true));
        count(Sample.count("2001:db8::/48", MINUTE, NOON, 3, false));
        view.caughtUp(NOON);
        view.caughtUp(NOON);
        assertThat(told)
                .containsExactly(
                        "changed b.example", "published b.example", "gone b.example", "limited c.example", "counted 3");
    }
}
