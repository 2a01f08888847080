package org.slash64.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.slash64.topology.state.Commits;

class StepSupplierTest {

    /** A step that notes what it is called for. */
    private static final class Noting implements Processor<String, String, String, String> {
        private final List<String> calls = new ArrayList<>();

        @Override
        public void init(ProcessorContext<String, String> context) {
            calls.add("init");
        }

        @Override
        public void process(Record<String, String> message) {
            calls.add(message.value());
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }

    private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
    private final Noting step = new Noting();
    private final Processor<String, String, String, String> processor = new StepSupplier<>(() -> step).get();

    @Test
    void get_givesTheStep() {
        processor.init(context);
        processor.process(new Record<>("key", "record", 0L));
        processor.close();
        assertThat(step.calls).containsExactly("init", "record", "close");
    }

    @Test
    void init_hasTheTaskCommitEachInterval() {
        processor.init(context);
        assertThat(context.committed()).isFalse();
        assertThat(context.scheduledPunctuators()).singleElement().satisfies(scheduled -> {
            assertThat(scheduled.getInterval()).isEqualTo(Commits.INTERVAL);
            scheduled.getPunctuator().punctuate(0);
        });
        assertThat(context.committed()).isTrue();
    }
}
