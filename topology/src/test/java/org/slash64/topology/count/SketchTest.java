package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SketchTest {

    private static ByteBuffer of(int first, int last) {
        ByteBuffer sketch = Sketch.empty();
        for (int i = first; i < last; i++) {
            sketch = Sketch.merge(sketch, thing(i));
        }
        return sketch;
    }

    private static ByteBuffer thing(int number) {
        return Sketch.of(ByteBuffer.allocate(4).putInt(number).array());
    }

    @Test
    void estimate_few_isExact() {
        assertThat(Sketch.estimate(Sketch.empty())).isZero();
        assertThat(Sketch.estimate(of(0, 1))).isOne();
        assertThat(Sketch.estimate(of(0, Sketch.EXACT))).isEqualTo(Sketch.EXACT);
        assertThat(Sketch.estimate(Sketch.merge(of(0, 10), of(5, 12)))).isEqualTo(12);
    }

    @Test
    void estimate_many_isNear() {
        for (int many : new int[] {20, 100, 1_000, 100_000}) {
            assertThat(Sketch.estimate(of(0, many))).isCloseTo(many, within(many / 5L + 1));
        }
        assertThat(of(0, 100_000).remaining()).isEqualTo(256);
    }

    @Test
    void merge_anyOrderAndGrouping_givesTheSameBytes() {
        List<ByteBuffer> parts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            parts.add(of(i, i + i % 25));
        }
        ByteBuffer once = parts.stream().reduce(Sketch.empty(), Sketch::merge);
        Random random = new Random(64);
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(parts, random);
            int middle = random.nextInt(parts.size());
            ByteBuffer left = parts.subList(0, middle).stream().reduce(Sketch.empty(), Sketch::merge);
            ByteBuffer right = parts.subList(middle, parts.size()).stream().reduce(Sketch.empty(), Sketch::merge);
            assertThat(Sketch.merge(left, right)).isEqualTo(once);
            assertThat(Sketch.merge(Sketch.merge(right, left), left)).isEqualTo(once);
        }
    }

    @Test
    void merge_leavesBothAsTheyAre() {
        ByteBuffer one = of(0, 20);
        ByteBuffer other = of(20, 25);
        ByteBuffer before =
                ByteBuffer.allocate(one.remaining()).put(one.duplicate()).flip();
        Sketch.merge(one, other);
        assertThat(one).isEqualTo(before);
        assertThat(Sketch.estimate(other)).isEqualTo(5);
    }
}
