package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Prefix;

class DueTimesTest {

    private static final Prefix ONE = Prefix.parse("2001:db8:1::/48").orElseThrow();
    private static final Prefix TWO = Prefix.parse("2001:db8:2::/48").orElseThrow();

    private final DueTimes times = new DueTimes();

    @Test
    void due_upToAndAtTheInstant_earliestFirst() {
        times.set(ONE, Optional.of(20L));
        times.set(TWO, Optional.of(10L));
        assertThat(times.due(9)).isEmpty();
        assertThat(times.due(10)).containsExactly(TWO);
        assertThat(times.due(20)).containsExactly(TWO, ONE);
    }

    @Test
    void set_again_moves() {
        times.set(ONE, Optional.of(20L));
        times.set(ONE, Optional.of(30L));
        assertThat(times.due(29)).isEmpty();
        assertThat(times.due(30)).containsExactly(ONE);
    }

    @Test
    void set_theSameTimeAgain_staysOnce() {
        times.set(ONE, Optional.of(20L));
        times.set(ONE, Optional.of(20L));
        assertThat(times.due(20)).containsExactly(ONE);
    }

    @Test
    void set_empty_removes() {
        times.set(ONE, Optional.of(20L));
        times.set(TWO, Optional.of(20L));
        times.set(ONE, Optional.empty());
        times.set(ONE, Optional.empty());
        assertThat(times.due(Long.MAX_VALUE)).containsExactly(TWO);
    }
}
