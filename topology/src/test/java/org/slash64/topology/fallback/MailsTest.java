package org.slash64.topology.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.state.MailOutcome;
import org.slash64.schemas.state.MailSighting;
import org.slash64.schemas.state.OpenMails;
import org.slash64.schemas.state.SightingKind;
import org.slash64.topology.fallback.Mails.Settled;

class MailsTest {

    private static final String NETWORK = "2001:db8:1:2::/64";
    private static final String OTHER = "2001:db8:1:3::/64";
    private static final long START = 1_795_000_000_000L;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long WITHIN = FallbackRules.defaults().returnsWithin().toMillis();

    private final List<Settled> settled = new ArrayList<>();
    private final OpenMails state = Mails.none();
    private final Mails mails = new Mails(FallbackRules.defaults(), state, settled::add);

    private static MailSighting sighting(SightingKind kind, long after, String network) {
        return new MailSighting(kind, START + after, network);
    }

    private static MailSighting told(long after) {
        return sighting(SightingKind.TOLD, after, NETWORK);
    }

    private static MailSighting overIpv4(long after) {
        return sighting(SightingKind.OVER_IPV4, after, null);
    }

    private static MailSighting overIpv6(long after, String network) {
        return sighting(SightingKind.OVER_IPV6, after, network);
    }

    private static Settled settled(FallbackChange change, long after, long first, int tries) {
        return new Settled(NETWORK, new MailOutcome(change, START + after, START + first, tries));
    }

    private List<Settled> finish(long after) {
        mails.finish(START + after);
        List<Settled> now = List.copyOf(settled);
        settled.clear();
        return now;
    }

    @Test
    void finish_toldAndOverIpv4_hasReturned() {
        mails.see(told(0));
        mails.see(overIpv4(2 * SECOND));
        assertThat(finish(MINUTE))
                .containsExactly(
                        settled(FallbackChange.DEFERRED, 0, 0, 1), settled(FallbackChange.RETURNED, 2 * SECOND, 0, 1));
        assertThat(mails.isEmpty()).isTrue();
    }

    @Test
    void finish_beforeSightingsAreFinished_saysNothing() {
        mails.see(told(0));
        assertThat(finish(0)).isEmpty();
        assertThat(mails.dueAt()).isEqualTo(START + 10 * SECOND);
    }

    @Test
    void finish_ipv4ServerWithAClockBehind_hasReturnedAtOnce() {
        mails.see(overIpv4(-3 * SECOND));
        mails.see(told(0));
        assertThat(finish(MINUTE))
                .containsExactly(settled(FallbackChange.DEFERRED, 0, 0, 1), settled(FallbackChange.RETURNED, 0, 0, 1));
    }

    @Test
    void finish_overIpv4LongBefore_isAnotherMail() {
        mails.see(overIpv4(-MINUTE));
        mails.see(told(0));
        assertThat(finish(MINUTE)).containsExactly(settled(FallbackChange.DEFERRED, 0, 0, 1));
        assertThat(finish(WITHIN)).containsExactly(settled(FallbackChange.GONE, WITHIN, 0, 1));
    }

    @Test
    void finish_triesWithinAMinute_areOne() {
        mails.see(told(0));
        mails.see(told(30 * SECOND));
        mails.see(told(61 * SECOND));
        assertThat(finish(2 * MINUTE))
                .containsExactly(
                        settled(FallbackChange.DEFERRED, 0, 0, 1),
                        settled(FallbackChange.AGAIN, 30 * SECOND, 0, 1),
                        settled(FallbackChange.AGAIN, 61 * SECOND, 0, 2));
        assertThat(finish(WITHIN)).containsExactly(settled(FallbackChange.STAYED, WITHIN, 0, 2));
    }

    @Test
    void finish_letInOverIpv6_hasStayed_butOnlyItsOwnNetwork() {
        mails.see(told(0));
        mails.see(overIpv6(5 * MINUTE, OTHER));
        assertThat(finish(6 * MINUTE)).containsExactly(settled(FallbackChange.DEFERRED, 0, 0, 1));
        mails.see(overIpv6(7 * MINUTE, NETWORK));
        assertThat(finish(8 * MINUTE)).containsExactly(settled(FallbackChange.STAYED, 7 * MINUTE, 0, 1));
    }

    @Test
    void finish_tooLateOverIpv4_isGoneBefore() {
        mails.see(told(0));
        mails.see(overIpv4(WITHIN + MINUTE));
        assertThat(finish(WITHIN + 2 * MINUTE))
                .containsExactly(settled(FallbackChange.DEFERRED, 0, 0, 1), settled(FallbackChange.GONE, WITHIN, 0, 1));
    }

    @Test
    void finish_inAnyOrderOfArrival_isTheSame() {
        List<MailSighting> all = new ArrayList<>(List.of(
                told(0),
                told(3 * MINUTE),
                overIpv6(4 * MINUTE, OTHER),
                sighting(SightingKind.TOLD, 5 * MINUTE, OTHER),
                overIpv4(6 * MINUTE),
                told(6 * MINUTE + 20 * SECOND)));
        all.forEach(mails::see);
        List<Settled> expected = finish(WITHIN * 2);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(all, new Random(seed));
            all.forEach(mails::see);
            assertThat(finish(WITHIN * 2)).as("seed %s", seed).isEqualTo(expected);
        }
    }

    @Test
    void see_busySender_takesOnePlaceForEachBucket() {
        IntStream.range(0, 5_000).forEach(i -> mails.see(overIpv4(i)));
        mails.see(told(2 * SECOND));
        assertThat(state.getPending()).hasSize(2);
        assertThat(finish(MINUTE)).extracting(one -> one.outcome().getChange()).endsWith(FallbackChange.RETURNED);
    }

    @Test
    void see_manyNetworks_areBounded() {
        for (int i = 0; i < 2 * Mails.MAX_PENDING; i++) {
            mails.see(sighting(SightingKind.TOLD, 0, "2001:db8:1:%x::/64".formatted(i)));
        }
        assertThat(state.getPending()).hasSize(Mails.MAX_PENDING);
        assertThat(finish(MINUTE)).hasSize(Mails.MAX_PENDING);
        assertThat(state.getOpen()).hasSize(Mails.MAX_OPEN);
    }
}
