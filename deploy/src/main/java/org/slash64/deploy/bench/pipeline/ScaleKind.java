package org.slash64.deploy.bench.pipeline;

import java.util.Locale;

/** What there is more of, line by line. */
enum ScaleKind {
    THREADS,
    INSTANCES,
    PREFIXES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
