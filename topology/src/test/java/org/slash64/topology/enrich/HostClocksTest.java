package org.slash64.topology.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostClocksTest {

    private static final long WALL = 1_800_000_000_000L;

    private final HostClocks hosts = new HostClocks();

    @Test
    void slowest_withoutHosts_isEmpty() {
        assertThat(hosts.slowest(WALL)).isEmpty();
    }

    @Test
    void slowest_isTheLatestTimeOfTheSlowestHost() {
        hosts.observe("mx1", 500, WALL);
        hosts.observe("mx1", 400, WALL);
        hosts.observe("mx2", 900, WALL);
        assertThat(hosts.slowest(WALL)).hasValue(500);
    }

    @Test
    void slowest_idleHost_isLeftOut() {
        hosts.observe("mx1", 500, WALL);
        hosts.observe("mx2", 900, WALL + 500);
        assertThat(hosts.slowest(WALL + 4_900)).hasValue(500);
        assertThat(hosts.slowest(WALL + 5_000)).hasValue(900);
        assertThat(hosts.slowest(WALL + 5_500)).isEmpty();
    }

    @Test
    void slowest_hostThatComesOrComesBack_tellsAtOnce() {
        hosts.observe("mx1", 500, WALL);
        assertThat(hosts.slowest(WALL)).hasValue(500);
        hosts.observe("mx2", 300, WALL);
        assertThat(hosts.slowest(WALL)).hasValue(300);
        hosts.observe("mx1", 600, WALL + 6_000);
        assertThat(hosts.slowest(WALL + 6_000)).hasValue(600);
        hosts.observe("mx2", 400, WALL + 6_001);
        assertThat(hosts.slowest(WALL + 6_001)).hasValue(400);
    }

    @Test
    void slowest_goesOn_aMomentLater() {
        hosts.observe("mx1", 500, WALL);
        assertThat(hosts.slowest(WALL)).hasValue(500);
        hosts.observe("mx1", 700, WALL + 1);
        assertThat(hosts.slowest(WALL + 100)).hasValue(700);
    }

    @Test
    void observe_moreHostsThanAreToldApart_forgetsTheOneSeenLongestAgo() {
        hosts.observe("first", 1, WALL);
        hosts.observe("second", 2, WALL);
        hosts.observe("first", 1, WALL);
        for (int i = 2; i < HostClocks.MAX_HOSTS + 1; i++) {
            hosts.observe("host" + i, 1_000, WALL);
        }
        assertThat(hosts.slowest(WALL)).hasValue(1);
        hosts.observe("one more", 1_000, WALL);
        assertThat(hosts.slowest(WALL + 100)).hasValue(1_000);
    }
}
