package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IdSetTest {

    private final IdSet ids = new IdSet();
    private final SplittableRandom random = new SplittableRandom(1);

    private String id() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    @Test
    void add_tellsWhetherItIsNew_howeverManyThereAre() {
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            String id = id();
            assertThat(ids.add(id)).isTrue();
            added.add(id);
        }
        assertThat(added).noneMatch(ids::add);
    }

    @Test
    void removeFirst_removesInTheOrderOfTheDigits() {
        TreeSet<String> sorted = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            String id = id();
            ids.add(id);
            sorted.add(id);
        }
        assertThat(ids.removeFirst(30)).isEqualTo(30);
        assertThat(sorted.stream().limit(30)).allMatch(ids::add);
        assertThat(sorted.stream().skip(30)).noneMatch(ids::add);
        assertThat(ids.removeFirst(1_000)).isEqualTo(100);
        assertThat(ids.isEmpty()).isTrue();
    }

    @Test
    void isEmpty_untilOneIsAdded() {
        assertThat(ids.isEmpty()).isTrue();
        assertThat(ids.removeFirst(1)).isZero();
        ids.add(id());
        assertThat(ids.isEmpty()).isFalse();
    }
}
