package org.slash64.connectors.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The messages that were marked last, so that each is marked once however many recipients it has. Any thread. */
final class RecentMessages {

    /** More than are under way at a time. */
    private static final int MAX_KEPT = 10_000;

    private final Set<String> instances = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_KEPT;
        }
    });

    /** True the first time, and for messages that cannot be told apart. */
    synchronized boolean isNew(String instance) {
        return instance.isEmpty() || instances.add(instance);
    }
}
