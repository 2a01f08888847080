package org.slash64.connectors.milter;

import java.time.Instant;
import java.util.Optional;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Opinion;

/** What the milter saw. */
public sealed interface Observed {

    /**
     * A message at its end.
     *
     * @param opinion what was found and what the policy says; empty when only observing
     * @param given what the mail server was told; never a refusal unless the milter enforces. The mail server may still
     *     refuse the message, for reasons of its own
     */
    record MessageSeen(Message message, Optional<Opinion> opinion, Answer given) implements Observed {}

    /**
     * A session that ended.
     *
     * @param end when
     * @param messages messages seen to their end in it
     * @param aborted messages begun and not seen to their end: refused before, or given up
     */
    record SessionSeen(Session session, Instant end, int messages, int aborted) implements Observed {}
}
