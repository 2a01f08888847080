package org.slash64.connectors.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Address;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Domain;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;

class KnowledgeTest {

    private static final Instant NOW = Known.NOW;
    private static final Address CLIENT = Address.parse("2001:db8:a:1::5").orElseThrow();
    private static final Domain DOMAIN = new Domain("example.org");

    private final Known known = new Known();
    private final Knowledge knowledge = known.knowledge();

    @Test
    void asOf_beforeTheEndsOfTheTopics_isEmpty() {
        Knowledge fresh = new Knowledge(List.of());
        assertThat(fresh.asOf()).isEmpty();
        fresh.caughtUp(NOW);
        assertThat(fresh.asOf()).contains(NOW);
    }

    @Test
    void listing_ofAClient_isThatOfTheLongestPrefix() {
        known.list("2001:db8:a::/48").list("2001:db8:a:1::/64");
        assertThat(knowledge.listing(CLIENT, NOW))
                .get()
                .extracting(listed -> listed.subject().toString())
                .isEqualTo("2001:db8:a:1::/64");
    }

    @Test
    void listing_tombstone_delists() {
        known.list("2001:db8:a:1::/64").delist("2001:db8:a:1::/64");
        assertThat(knowledge.listing(CLIENT, NOW)).isEmpty();
        assertThat(knowledge.listedPrefixes()).isZero();
    }

    @Test
    void listing_insideAnAllowedPrefix_doesNotCount() {
        known.list("2001:db8:a:1::/64").allow("2001:db8:a::/48");
        assertThat(knowledge.listing(CLIENT, NOW)).isEmpty();
    }

    @Test
    void listing_thatHoldsAnAllowedPrefix_countsForTheRestOfIt() {
        known.list("2001:db8:a::/48").allow("2001:db8:a:1::/64");
        assertThat(knowledge.listing(CLIENT, NOW)).isEmpty();
        assertThat(knowledge.listing(Address.parse("2001:db8:a:2::5").orElseThrow(), NOW))
                .isPresent();
    }

    @Test
    void listing_allowedByTheConfiguration_staysAllowedWhateverTheTopicSays() {
        Knowledge configured = new Knowledge(List.of(new AllowEntry("2001:db8:a::/48", "", "", NOW)));
        new Known(configured).list("2001:db8:a:1::/64").disallow("2001:db8:a::/48");
        assertThat(configured.listing(CLIENT, NOW)).isEmpty();
    }

    @Test
    void listing_anAllowanceTakenBack_countsAgain() {
        known.list("2001:db8:a:1::/64").allow("2001:db8:a::/48").disallow("2001:db8:a::/48");
        assertThat(knowledge.listing(CLIENT, NOW)).isPresent();
    }

    @Test
    void listing_whoseTimeIsOver_doesNotCountAndAnotherMay() {
        known.list("2001:db8:a::/48", NOW.plus(Duration.ofHours(9))).list("2001:db8:a:1::/64", NOW);
        Instant later = NOW.plus(Knowledge.SLACK).plusSeconds(1);
        assertThat(knowledge.listing(CLIENT, NOW.plus(Knowledge.SLACK)))
                .get()
                .extracting(listed -> listed.subject().toString())
                .isEqualTo("2001:db8:a:1::/64");
        assertThat(knowledge.listing(CLIENT, later))
                .get()
                .extracting(listed -> listed.subject().toString())
                .isEqualTo("2001:db8:a::/48");
    }

    @Test
    void listing_ofADomainBelowAListedOne_counts() {
        known.list("example.org");
        assertThat(knowledge.listing(new Domain("mail.news.example.org"), NOW)).isPresent();
        assertThat(knowledge.listing(new Domain("example.com"), NOW)).isEmpty();
        assertThat(knowledge.listing(new Domain("other.org"), NOW)).isEmpty();
    }

    @Test
    void listing_ofAnAllowedDomainBelowAListedOne_doesNotCount() {
        known.list("example.org").allow("news.example.org");
        assertThat(knowledge.listing(new Domain("mail.news.example.org"), NOW)).isEmpty();
        assertThat(knowledge.listing(DOMAIN, NOW)).isPresent();
    }

    @Test
    void limits_ofSeveralRulesAndLevels_areAll() {
        known.limit("2001:db8:a::/48", "messages", LimitAction.DEFER)
                .limit("2001:db8:a:1::/64", "messages", LimitAction.MARK)
                .limit("2001:db8:a:1::/64", "connections", LimitAction.REJECT);
        assertThat(knowledge.limits(CLIENT, NOW))
                .extracting(Limit::action)
                .containsExactly(LimitAction.MARK, LimitAction.REJECT, LimitAction.DEFER);
    }

    @Test
    void limits_released_areNoLongerInForce() {
        known.limit("2001:db8:a:1::/64", "messages", LimitAction.DEFER).release("2001:db8:a:1::/64", "messages");
        assertThat(knowledge.limits(CLIENT, NOW)).isEmpty();
    }

    @Test
    void limits_tombstone_isARelease() {
        known.limit("example.org", "messages", LimitAction.DEFER);
        assertThat(knowledge.limits(DOMAIN, NOW)).hasSize(1);
        knowledge.take(Topics.PREFIX_LIMITS.name(), "example.org messages", null);
        assertThat(knowledge.limits(DOMAIN, NOW)).isEmpty();
    }

    @Test
    void limits_whoseTimeIsOver_areNotInForce() {
        known.limit("2001:db8:a:1::/64", "messages", LimitAction.DEFER);
        assertThat(knowledge.limits(CLIENT, NOW.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void standing_isThatOfTheLastRecord() {
        assertThat(knowledge.standing(DOMAIN)).isEqualTo(Standing.UNKNOWN);
        known.rate("example.org", Standing.GOOD);
        assertThat(knowledge.standing(DOMAIN)).isEqualTo(Standing.GOOD);
        known.rate("example.org", Standing.UNKNOWN);
        assertThat(knowledge.standing(DOMAIN)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void take_keysThatAreNoSubjects_arePassedOver() {
        knowledge.take(Topics.BLOCKLIST.name(), null, null);
        knowledge.take(Topics.BLOCKLIST.name(), "no subject", null);
        knowledge.take(Topics.PREFIX_LIMITS.name(), "", null);
        knowledge.take("another", "example.org", null);
        assertThat(knowledge.listedDomains()).isZero();
    }
}
