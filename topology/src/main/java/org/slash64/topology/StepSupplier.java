package org.slash64.topology;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** A step with the stores that are its own. */
record StepSupplier<K, V, L, W>(ProcessorSupplier<K, V, L, W> processors, Set<StoreBuilder<?>> stores)
        implements ProcessorSupplier<K, V, L, W> {

    StepSupplier(ProcessorSupplier<K, V, L, W> processors, StoreBuilder<?>... stores) {
        this(processors, new LinkedHashSet<>(List.of(stores))); // a fixed order, so that the graph is always told alike
    }

    @Override
    public Processor<K, V, L, W> get() {
        return processors.get();
    }
}
