package org.slash64.topology.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.state.Contribution;
import org.slash64.schemas.state.FallbackState;
import org.slash64.schemas.state.MailOutcome;
import org.slash64.schemas.state.SourceTime;
import org.slash64.topology.StepContext;

class LearnSendersTest {

    private static final String NETWORK = "2001:db8:1:2::/64";
    private static final long START = Instant.parse("2026-11-16T08:00:00Z").toEpochMilli();

    private StepContext<String, Object> step = new StepContext<>(0);
    private final KeyValueStore<Bytes, FallbackState> store = step.store(LearnSenders.STORE, FallbackState.class);
    private final KeyValueStore<Bytes, byte[]> due = step.index(LearnSenders.DUE);
    private LearnSenders learn;

    /** A new processor, as at the start of the program, over the same stores. */
    @BeforeEach
    void start() {
        step = new StepContext<>(0);
        step.context().addStateStore(store);
        step.context().addStateStore(due);
        learn = new LearnSenders(FallbackRules.defaults());
        learn.init(step.context());
    }

    private List<FallbackSender> process(String key, Object content) {
        learn.process(new Record<>(key, new Contribution(content), step.now()));
        return step.forwarded().stream()
                .map(record -> ((LearnSenders.Entry) record.value()).sender())
                .toList();
    }

    @Test
    void process_outcomes_addUpPastARestart() {
        process(NETWORK, new MailOutcome(FallbackChange.DEFERRED, START, START, 1));
        start();
        assertThat(process(NETWORK, new MailOutcome(FallbackChange.RETURNED, START + 2_000, START, 1)))
                .singleElement()
                .satisfies(sender -> {
                    assertThat(sender.getNetwork()).isEqualTo(NETWORK);
                    assertThat(sender.getDeferred()).isEqualTo(1);
                    assertThat(sender.getReturned()).isEqualTo(1);
                    assertThat(sender.getChange()).isEqualTo(FallbackChange.RETURNED);
                });
    }

    @Test
    void process_longAfter_isForgotten() {
        process(NETWORK, new MailOutcome(FallbackChange.DEFERRED, START, START, 1));
        long forgotten = START + FallbackRules.defaults().forgottenAfter().toMillis();
        assertThat(process("*", new SourceTime(0, forgotten - 1, false))).isEmpty();
        assertThat(process("*", new SourceTime(0, forgotten, false))).containsExactly((FallbackSender) null);
        try (KeyValueIterator<Bytes, FallbackState> left = store.all()) {
            assertThat(left.hasNext()).isFalse();
        }
    }

    @Test
    void process_toldAgain_isKeptLonger() {
        process(NETWORK, new MailOutcome(FallbackChange.DEFERRED, START, START, 1));
        process(NETWORK, new MailOutcome(FallbackChange.DEFERRED, START + 60_000, START + 60_000, 1));
        long forgotten = START + FallbackRules.defaults().forgottenAfter().toMillis();
        assertThat(process("*", new SourceTime(0, forgotten, false))).isEmpty();
        assertThat(process("*", new SourceTime(0, forgotten + 60_000, false))).hasSize(1);
    }
}
