package org.slash64.topology.correlate;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.slash64.connectors.log.LogLine;
import org.slash64.schemas.state.RecentFact;

/** Gives facts that are equal in all that an event id is made of their ordinals, and knows a re-sent line from an equal one. */
final class Ordinals {

    /** Lines of one process come in order or nearly so; what is older is told apart by the remembered ids. */
    private static final int SECONDS_KEPT = 10;

    /** More than an SMTP server gets refused in ten seconds, with a pause of a second after some errors. */
    private static final int MAX_RECENT = 64;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /**
     * An ordinal.
     *
     * @param resent true where the line has been seen before
     */
    record Ordinal(int value, boolean resent) {}

    private Ordinals() {}

    /**
     * The ordinal of a line among the recent ones of its process, which it joins unless it came again; the list is
     * changed.
     */
    static Ordinal next(List<RecentFact> recent, String facts, Moment moment) {
        int seen = resent(recent, facts, moment);
        if (seen >= 0) {
            return new Ordinal(seen, true);
        }
        long second = moment.second();
        int value = 0;
        for (RecentFact fact : recent) {
            if (isEqual(fact, second, facts)) {
                value = Math.max(value, fact.getOrdinal() + 1);
            }
        }
        recent.removeIf(fact -> fact.getSecond() < second - SECONDS_KEPT);
        if (recent.size() >= MAX_RECENT) {
            recent.remove(Collections.min(recent, Comparator.comparing(RecentFact::getSecond)));
        }
        recent.add(new RecentFact(second, facts, hash(moment.line()), value, moment.rewinds()));
        return new Ordinal(value, false);
    }

    /**
     * The ordinal that the line was given when it came before, or -1. It did come before where the very same text was
     * seen with the same time. That is enough where times have fractions; without, equal lines do occur, and a line
     * came before only if the log has been rewound since. Each one can come again once per rewind.
     */
    static int resent(List<RecentFact> recent, String facts, Moment moment) {
        int rewinds = moment.rewinds();
        for (RecentFact fact : recent) {
            boolean same = isEqual(fact, moment.second(), facts) && fact.getLine() == hash(moment.line());
            if (same && (moment.hasFraction() || fact.getRewind() != rewinds)) {
                fact.setRewind(rewinds);
                return fact.getOrdinal();
            }
        }
        return -1;
    }

    private static boolean isEqual(RecentFact fact, long second, String facts) {
        return fact.getSecond() == second && fact.getFacts().equals(facts);
    }

    /** FNV-1a over the full time and the text. */
    private static long hash(LogLine line) {
        long hash = FNV_OFFSET ^ line.time().hashCode();
        String message = line.message();
        for (int i = 0; i < message.length(); i++) {
            hash = (hash ^ message.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
