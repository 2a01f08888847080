package org.slash64.connectors.answer;

import java.util.List;
import java.util.Optional;

/**
 * An answer, and what it rests on.
 *
 * @param answer what is to be done by the configured policy, whatever the {@link Mode}
 * @param basis how it was come to
 * @param grounds those that were found and that the policy does not accept, the decisive one first
 * @param checked what DNS said; empty where it was not asked
 */
public record Opinion(Answer answer, Basis basis, List<Ground> grounds, Optional<Checked> checked) {

    /** How an answer was come to. */
    public enum Basis {
        /** The session is the site's own. */
        EXEMPT,
        /** What is known is too old. */
        STALE,
        /** The client is on the allowlist. */
        ALLOWED,
        /** By the configured policy. */
        POLICY,
        /** Something failed on the way; mail must flow. */
        FAILED
    }

    /** Copies the list. */
    public Opinion {
        grounds = List.copyOf(grounds);
    }

    /** To have none, for a reason. */
    static Opinion none(Basis basis, Optional<Checked> checked) {
        return new Opinion(new Answer.NoOpinion(), basis, List.of(), checked);
    }

    /** To have none because something failed. */
    public static Opinion failed() {
        return none(Basis.FAILED, Optional.empty());
    }
}
