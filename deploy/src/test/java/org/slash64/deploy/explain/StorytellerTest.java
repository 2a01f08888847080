package org.slash64.deploy.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.deploy.view.Sample.NOON;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.deploy.state.StateUnavailableException;
import org.slash64.deploy.state.SubjectState;
import org.slash64.deploy.state.SubjectStates;
import org.slash64.deploy.view.Figures;
import org.slash64.deploy.view.Sample;
import org.slash64.deploy.view.TopicView;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;

class StorytellerTest {

    private static final Figures SOME = new Figures(12, 7, 2, 3, 0, 2, 3, 7, 2, 0, 0, 0, 0, 0, 0);

    private final PublishedState published = new PublishedState(List.of());
    private final TopicView view = new TopicView(List.of(Duration.ofMinutes(1)), TopicView.Observer.NOBODY);
    private SubjectStates states = subject -> SubjectState.unknown(true, false, "test");

    private Story tell(String asked) {
        view.caughtUp(NOON);
        return new Storyteller(published, view, states).tell(asked).orElseThrow();
    }

    private void list(String subject) {
        published.take(Topics.BLOCKLIST.name(), subject, Sample.listing(subject, "30 bad outcomes"));
    }

    @Test
    void address_isAnsweredByItsFinestPrefix() {
        assertThat(tell("2001:db8::25").subject()).isEqualTo("2001:db8::/64");
        assertThat(tell("192.0.2.5").subject()).isEqualTo("192.0.2.5/32");
        assertThat(tell("2001:db8:0:1::5/128").subject()).isEqualTo("2001:db8:0:1::/64");
        assertThat(Storyteller.subject("2001:db8::1/48")).isEmpty();
    }

    @Test
    void unknown_saysSo() {
        Story story = tell("2001:db8::/64");
        assertThat(story.state()).isEqualTo("unknown");
        assertThat(story.sentences())
                .containsExactly(
                        "2001:db8::/64 is not listed.", "Nothing is known of it: no mail came from it lately.");
        assertThat(story.complete()).isTrue();
    }

    @Test
    void listedItself_saysSinceUntilAndWhy() {
        list("2001:db8::/64");
        Story story = tell("2001:db8::1");
        assertThat(story.state()).isEqualTo("listed");
        assertThat(story.sentences().get(0))
                .isEqualTo(
                        "2001:db8::/64 is listed since 2026-11-16 12:00, until 2026-11-17 12:00 if nothing more comes:"
                                + " 30 bad outcomes.");
    }

    @Test
    void insideAListing_namesIt() {
        list("2001:db8::/48");
        Story story = tell("2001:db8::1");
        assertThat(story.state()).isEqualTo("listed");
        assertThat(story.listing()).isEmpty();
        assertThat(story.sentences().get(0)).startsWith("It lies within 2001:db8::/48, which is listed");
    }

    @Test
    void allowed_winsOverListed() {
        list("2001:db8::/64");
        published.take(
                Topics.ALLOWLIST.name(),
                "2001:db8::/32",
                new AllowEntry("2001:db8::/32", "the university", "me", NOON));
        Story story = tell("2001:db8::1");
        assertThat(story.state()).isEqualTo("allowed");
        assertThat(story.sentences().get(0)).contains("2001:db8::/32 (the university)");
    }

    @Test
    void limited_saysByWhichRule() {
        view.take(Topics.PREFIX_LIMITS.name(), "2001:db8::/64 connections", Sample.limit("2001:db8::/64", true));
        Story story = tell("2001:db8::1");
        assertThat(story.state()).isEqualTo("limited");
        assertThat(story.sentences())
                .contains(
                        "It is over the limit connections (60 connections in 1m) since 2026-11-16 12:00, which asks to"
                                + " defer until 2026-11-16 12:01; at most it was 95.");
    }

    @Test
    void domain_tellsItsReputation_andWhatIsListedAbove() {
        list("example.org");
        view.take(Topics.DOMAIN_REPUTATION.name(), "a.example.org", Sample.domain("a.example.org", Standing.GOOD, 30));
        Story story = tell("A.example.org.");
        assertThat(story.subject()).isEqualTo("a.example.org");
        assertThat(story.covering()).hasSize(1);
        assertThat(story.sentences())
                .anyMatch(sentence -> sentence.startsWith("Its standing is good: a score of 0.90"));
    }

    @Test
    void formerlyListed_saysWhatHappenedLast() {
        view.take(
                Topics.BLOCKLIST_HISTORY.name(),
                "2001:db8::/64",
                Sample.change("2001:db8::/64", Change.DELISTED, "no further evidence"));
        assertThat(tell("2001:db8::1").sentences().get(0))
                .isEqualTo(
                        "2001:db8::/64 is not listed; the last that happened, on 2026-11-16 12:00: delisted (no further"
                                + " evidence).");
    }

    @Test
    void stores_saysWhatCameAndFromWhere() {
        SubjectState.Below below = new SubjectState.Below("2001:db8:0:7::/64", 64, true, SOME);
        states = subject -> new SubjectState(
                true,
                List.of(new SubjectState.Slice(NOON, SOME)),
                SOME,
                4,
                1,
                1,
                0,
                Optional.empty(),
                List.of(below),
                true,
                false,
                "test");
        Story story = tell("2001:db8::/48");
        assertThat(story.state()).isEqualTo("seen");
        assertThat(story.sentences())
                .contains("Within it 1 prefix is listed: 2001:db8:0:7::/64.")
                .contains(
                        "Since 2026-11-16 12:00 came 7 connections, 2 messages and 3 rejections; 2 outcomes were good,"
                                + " 3 bad, from 1 prefix below, of which 1 had bad outcomes.");
    }

    @Test
    void storesThatCannotBeAsked_makeAStoryThatIsNotWhole() {
        states = subject -> {
            throw new StateUnavailableException("restoring");
        };
        Story story = tell("2001:db8::1");
        assertThat(story.complete()).isFalse();
        assertThat(story.sentences()).anyMatch(sentence -> sentence.startsWith("This is not all"));
    }

    @Test
    void tables_showHostileTextAsText() {
        String hostile = "red \u001b[31m and turned \u202e round";
        published.take(Topics.BLOCKLIST.name(), "2001:db8::/64", Sample.listing("2001:db8::/64", hostile));
        StringWriter out = new StringWriter();
        new StoryTables(new PrintWriter(out)).print(tell("2001:db8::1"));
        assertThat(out.toString())
                .contains("red ?[31m and turned ? round")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }
}
