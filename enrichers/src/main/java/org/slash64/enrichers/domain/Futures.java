package org.slash64.enrichers.domain;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Many futures as one. */
final class Futures {
    private Futures() {}

    /** Their values in their order; complete at once when they are. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> futures) {
        if (futures.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
    }
}
