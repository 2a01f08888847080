package org.slash64.enrichers.spf;

import java.util.Optional;

/** A record on its way through its mechanisms. */
final class Frame {
    final Domain domain;
    final SpfRecord spf;
    /** The record whose {@code include}, the directive it stands at, led here. */
    final Optional<Frame> includedBy;

    private int at = -1;

    Frame(Domain domain, SpfRecord spf, Optional<Frame> includedBy) {
        this.domain = domain;
        this.spf = spf;
        this.includedBy = includedBy;
    }

    /** Goes to the next directive; false after the last. */
    boolean advance() {
        at++;
        return at < spf.directives().size();
    }

    Directive directive() {
        return spf.directives().get(at);
    }

    /** The directive it stands at, for the result. */
    SpfMatch match() {
        return new SpfMatch(domain.shown(), directive().text());
    }
}
