package org.slash64.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WriteBehindStoreTest {

    private static final int MOST = 1_000;

    /** As how many a large record counts. */
    private static final int LARGE = 21;

    private final HeldRecords budget = new HeldRecords(MOST);
    private final WriteBehindStore<Integer, String> store = fresh();

    private WriteBehindStore<Integer, String> fresh() {
        MeasuredSerde<String> values = new MeasuredSerde<>(Serdes.String());
        return new WriteBehindStore<>(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("store"), Serdes.Integer(), values)
                        .withLoggingDisabled()
                        .build(),
                values,
                budget);
    }

    @BeforeEach
    void init() {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    }

    private Optional<String> below(int key) {
        return Optional.ofNullable(store.wrapped().get(key));
    }

    private static Set<Integer> keys(KeyValueIterator<Integer, String> entries) {
        Set<Integer> keys = new TreeSet<>();
        try (entries) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    @Test
    void put_isSeenAtOnce_andWrittenBeforeACommit() {
        store.put(1, "one");
        assertThat(store.get(1)).isEqualTo("one");
        assertThat(below(1)).isEmpty();
        store.put(1, "two");
        store.flushCache();
        assertThat(below(1)).contains("two");
    }

    @Test
    void flushCache_writesOnlyWhatChangedSince() {
        store.put(1, "one");
        store.flushCache();
        store.wrapped().put(1, "changed below");
        store.put(2, "two");
        store.flushCache();
        assertThat(below(1)).contains("changed below");
        assertThat(below(2)).contains("two");
    }

    @Test
    void delete_ofWhatIsNotWritten_leavesNothing() {
        store.put(1, "one");
        assertThat(store.delete(1)).isEqualTo("one");
        assertThat(store.get(1)).isNull();
        store.flushCache();
        assertThat(below(1)).isEmpty();
    }

    @Test
    void delete_ofWhatCameSinceTheLastCommit_writesNothing() {
        store.put(2, "by this thread");
        assertThat(store.get(1)).isNull();
        store.put(1, "one");
        store.put(1, null);
        store.wrapped().put(1, "put below");
        store.flushCache();
        assertThat(below(1)).contains("put below");
    }

    @Test
    void delete_ofWhatWasNotLookedFor_deletesItBelow() {
        store.wrapped().put(1, "of an earlier run");
        store.put(1, "one");
        store.put(1, null);
        store.flushCache();
        assertThat(below(1)).isEmpty();
    }

    @Test
    void delete_ofWhatIsWritten_deletesItBelow() {
        store.put(1, "one");
        store.flushCache();
        assertThat(store.delete(1)).isEqualTo("one");
        assertThat(store.delete(1)).isNull();
        store.flushCache();
        assertThat(below(1)).isEmpty();
    }

    @Test
    void putIfAbsent_leavesWhatIsThere() {
        assertThat(store.putIfAbsent(1, "one")).isNull();
        assertThat(store.putIfAbsent(1, "two")).isEqualTo("one");
        assertThat(store.get(1)).isEqualTo("one");
    }

    @Test
    void iterators_seeWhatIsNotCommitted() {
        for (int i = 0; i < 4; i++) {
            store.put(i, "value");
        }
        store.flushCache();
        store.put(9, "value");
        store.delete(0);
        assertThat(keys(store.all())).containsExactly(1, 2, 3, 9);
        assertThat(keys(store.reverseAll())).containsExactly(1, 2, 3, 9);
        assertThat(keys(store.range(2, 9))).containsExactly(2, 3, 9);
        assertThat(keys(store.reverseRange(2, 3))).containsExactly(2, 3);
        assertThat(keys(store.prefixScan(3, Serdes.Integer().serializer()))).containsExactly(3);
    }

    @Test
    void tooMany_giveWay_theLongestUnusedFirst_andNothingIsLost() {
        store.put(-1, "often");
        for (int i = 0; i < 10 * MOST; i++) {
            store.put(i, "value " + i);
            assertThat(store.get(-1)).isEqualTo("often");
        }
        List<Integer> wrong = new ArrayList<>();
        for (int i = 0; i < 10 * MOST; i++) {
            if (!("value " + i).equals(store.get(i))) {
                wrong.add(i);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(budget.areTooMany()).isFalse();
    }

    @Test
    void whatIsPut_isSeenAtOnce_thoughAllOthersAreInUse() {
        for (int i = 0; i <= 10 * MOST; i++) {
            store.put(i, "value " + i);
            assertThat(store.get(i)).isEqualTo("value " + i);
            store.put(i, "changed " + i);
            assertThat(store.get(i)).isEqualTo("changed " + i);
        }
    }

    @Test
    void largeOnes_countAsSeveral_onceTheyAreWritten() {
        putLarge(MOST / LARGE + 1);
        assertThat(budget.areTooMany()).isFalse();
        store.flushCache();
        assertThat(budget.areTooMany()).isTrue();
        store.put(-1, "one more");
        assertThat(budget.areTooMany()).isFalse();
        store.close();
        budget.add(MOST);
        assertThat(budget.areTooMany()).isFalse();
    }

    @Test
    void largeOnes_countAsSeveral_whenTheyAreRead() {
        putLarge(MOST);
        store.flushCache();
        store.clearCache();
        store.put(-1, "the thread's own again");
        for (int i = 0; i < MOST / LARGE + 1; i++) {
            store.get(i);
        }
        assertThat(budget.areTooMany()).isTrue();
        store.get(MOST - 1);
        assertThat(budget.areTooMany()).isFalse();
    }

    @Test
    void smallAgain_countsAsOne() {
        for (int i = 0; i < 10 * MOST; i++) {
            store.put(1, "x".repeat((LARGE - 1) * HeldRecords.BYTES));
            store.flushCache();
            store.put(1, "small");
            store.flushCache();
        }
        budget.add(MOST - 1);
        assertThat(budget.areTooMany()).isFalse();
    }

    private void putLarge(int number) {
        for (int i = 0; i < number; i++) {
            store.put(i, "x".repeat((LARGE - 1) * HeldRecords.BYTES));
        }
    }

    @Test
    void oneStore_holdsAFew_thoughOthersHoldTooMany() {
        budget.add(MOST);
        for (int i = 0; i < WriteBehindStore.ALWAYS_HELD; i++) {
            store.put(i, "value");
        }
        assertThat(keys(store.wrapped().all())).isEmpty();
        store.put(-1, "one more");
        assertThat(keys(store.wrapped().all())).isNotEmpty();
    }

    @Test
    void otherThreads_seeWhatIsWritten() {
        store.put(1, "one");
        assertThat(CompletableFuture.supplyAsync(() -> Optional.ofNullable(store.get(1)))
                        .join())
                .isEmpty();
        assertThat(CompletableFuture.supplyAsync(() -> keys(store.all())).join())
                .isEmpty();
        store.flushCache();
        assertThat(CompletableFuture.supplyAsync(() -> Optional.ofNullable(store.get(1)))
                        .join())
                .contains("one");
    }

    @Test
    void clearCache_dropsWhatWasNotCommitted() {
        store.put(1, "one");
        store.flushCache();
        store.put(1, "two");
        store.put(2, "two");
        store.clearCache();
        assertThat(store.get(1)).isEqualTo("one");
        assertThat(store.get(2)).isNull();
        store.flushCache();
        assertThat(below(2)).isEmpty();
    }

    @Test
    void anotherThread_goesOnFromWhatIsCommitted() {
        store.put(1, "one");
        store.flushCache();
        CompletableFuture.runAsync(() -> {
                    store.put(1, store.get(1) + " and two");
                    store.flushCache();
                })
                .join();
        store.put(2, "mine again");
        assertThat(store.get(1)).isEqualTo("one and two");
    }

    @Test
    void close_givesBackWhatItHeld() {
        for (int i = 0; i <= MOST; i++) {
            store.put(i, "value");
        }
        store.close();
        assertThat(budget.areTooMany()).isFalse();
    }
}
