package org.slash64.topology.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;
import org.slash64.topology.StepContext;

class DueQueueTest {

    private static final Subject ONE = Prefix.parse("2001:db8:1:2::/64").orElseThrow();
    private static final Subject OTHER = new Domain("example.org");

    private final KeyValueStore<Bytes, byte[]> store = new StepContext<String, String>(0).index("due");
    private final DueQueue<Subject> queue = DueQueue.ofSubjects(store);

    private static DueQueue.Due<Subject> due(Subject subject, long time) {
        return new DueQueue.Due<>(subject, time);
    }

    @Test
    void take_givesWhatIsDueOnce_earliestFirst() {
        queue.queue(OTHER, 0, 20);
        queue.queue(ONE, 0, 10);
        assertThat(queue.take(9)).isEmpty();
        assertThat(queue.take(20)).containsExactly(due(ONE, 10), due(OTHER, 20));
        assertThat(queue.take(1_000)).isEmpty();
    }

    @Test
    void take_beforeTheEpoch_isInOrderToo() {
        queue.queue(ONE, 0, 5);
        queue.queue(OTHER, 0, -5);
        assertThat(queue.take(-5)).containsExactly(due(OTHER, -5));
    }

    @Test
    void queue_laterNeed_waitsForTheEarlierLook() {
        assertThat(queue.queue(ONE, 0, 10)).isEqualTo(10);
        assertThat(queue.queue(ONE, 10, 30)).isEqualTo(10);
        assertThat(queue.take(100)).containsExactly(due(ONE, 10));
    }

    @Test
    void queue_earlierNeed_leavesAnEntryOutOfDate() {
        assertThat(queue.queue(ONE, 30, 10)).isEqualTo(10);
        assertThat(queue.take(100)).containsExactly(due(ONE, 10));
    }

    @Test
    void queue_nothingWanted_changesNothing() {
        assertThat(queue.queue(ONE, 0, 0)).isZero();
        assertThat(queue.queue(ONE, 7, 0)).isEqualTo(7);
        assertThat(queue.take(Long.MAX_VALUE - 1)).isEmpty();
    }

    @Test
    void take_ofManySubjects_givesBatches() {
        IntStream.range(0, DueQueue.BATCH + 1).forEach(i -> queue.queue(new Domain(i + ".example"), 0, 10));
        List<DueQueue.Due<Subject>> first = queue.take(10);
        assertThat(first).hasSize(DueQueue.BATCH);
        assertThat(queue.take(10)).hasSize(1).doesNotContainAnyElementsOf(first);
    }
}
