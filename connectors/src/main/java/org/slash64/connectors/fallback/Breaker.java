package org.slash64.connectors.fallback;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Whether 421 works: whether those who come again come over IPv4, and whether the pipeline tells of it at all. Who never
 * comes again says nothing either way, as spam robots do that. When it opens, nothing is said for a pause; then a few trials are
 * let through, and what becomes of them decides.
 */
final class Breaker {

    /** As in other circuit breakers. */
    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private static final String UNHEARD = "the pipeline reports no 421";

    private final BreakerSettings settings;
    private State state = State.CLOSED;

    /** Why it is not closed. */
    private String why = "";

    /** When the state began. */
    private Instant since = Instant.MIN;

    /** True for each mail that came over IPv4, of the last that came again. */
    private final Deque<Boolean> cases = new ArrayDeque<>();

    private int trialsLeft;

    /** When the first was told of which nothing was heard. */
    private Optional<Instant> unheardSince = Optional.empty();

    Breaker(BreakerSettings settings) {
        this.settings = settings;
    }

    /** True where somebody may be told. */
    boolean mayTell(Instant now) {
        if (unheardSince
                .filter(told -> told.plus(settings.unheardAfter()).isBefore(now))
                .isPresent()) {
            open(UNHEARD, now);
        }
        if (state != State.CLOSED && !since.plus(settings.pause()).isAfter(now)) {
            enter(State.HALF_OPEN, now);
            trialsLeft = settings.trials();
        }
        return state == State.CLOSED || trialsLeft > 0;
    }

    /** Somebody is told. */
    void tell(Instant now) {
        trialsLeft -= state == State.HALF_OPEN ? 1 : 0;
        unheardSince = unheardSince.or(() -> Optional.of(now));
    }

    /** The pipeline told of a 421, whatever it was. */
    void heard(Instant now) {
        unheardSince = Optional.empty();
        if (state == State.HALF_OPEN && why.equals(UNHEARD)) {
            close(now);
        }
    }

    /** A mail came again, over IPv4 or not. Of what comes while it is open nothing follows. */
    void cameAgain(boolean overIpv4, Instant now) {
        if (state == State.OPEN) {
            return;
        }
        cases.addLast(overIpv4);
        if (cases.size() > wanted()) {
            cases.removeFirst();
        }
        if (cases.size() == wanted()) {
            judge(now);
        }
    }

    private int wanted() {
        return state == State.HALF_OPEN ? settings.trials() : settings.cases();
    }

    private void judge(Instant now) {
        long returned = cases.stream().filter(overIpv4 -> overIpv4).count();
        if (returned < settings.leastShare() * cases.size()) {
            open("only " + returned + " of the last " + cases.size() + " that came again came over IPv4", now);
        } else if (state == State.HALF_OPEN) {
            close(now);
        }
    }

    private void close(Instant now) {
        enter(State.CLOSED, now);
        why = "";
    }

    private void open(String reason, Instant now) {
        enter(State.OPEN, now);
        why = reason;
        unheardSince = Optional.empty();
    }

    private void enter(State next, Instant now) {
        state = next;
        since = now;
        cases.clear();
        trialsLeft = 0;
    }

    State state() {
        return state;
    }

    /** Why it is not closed; empty where it is. */
    String why() {
        return why;
    }
}
