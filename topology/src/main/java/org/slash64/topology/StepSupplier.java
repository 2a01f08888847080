package org.slash64.topology;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slash64.topology.state.Commits;

/** A step with the stores that are its own, whose tasks commit as {@link Commits} says. */
record StepSupplier<K, V, L, W>(ProcessorSupplier<K, V, L, W> processors, Set<StoreBuilder<?>> stores)
        implements ProcessorSupplier<K, V, L, W> {

    StepSupplier(ProcessorSupplier<K, V, L, W> processors, StoreBuilder<?>... stores) {
        this(processors, new LinkedHashSet<>(List.of(stores))); // a fixed order, so that the graph is always told alike
    }

    @Override
    public Processor<K, V, L, W> get() {
        return new Committing<>(processors.get());
    }

    private record Committing<K, V, L, W>(Processor<K, V, L, W> step) implements Processor<K, V, L, W> {

        @Override
        public void init(ProcessorContext<L, W> context) {
            step.init(context);
            Commits.schedule(context);
        }

        @Override
        public void process(Record<K, V> message) {
            step.process(message);
        }

        @Override
        public void close() {
            step.close();
        }
    }
}
