package org.slash64.connectors.milter;

import java.util.concurrent.CompletableFuture;
import org.slash64.connectors.answer.Opinion;

/** Judges a message at its end. Any thread; must not block. */
@FunctionalInterface
public interface Decision {

    /** What to answer; who asks sets a deadline, and takes a failure for no opinion. */
    CompletableFuture<Opinion> decide(Message message);
}
