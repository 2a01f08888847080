package org.slash64.deploy.view;

import org.slash64.schemas.Counts;

/**
 * Sums over events, for people: those of {@link Counts} that say something on their own.
 *
 * @param events connections, messages and rejections
 * @param neutral events whose outcome is neither good nor bad
 */
public record Figures(
        long events,
        long connections,
        long messages,
        long rejections,
        long bytes,
        long good,
        long bad,
        long neutral,
        long authenticated,
        long unauthenticated,
        long temperrors,
        long spamtraps,
        long complaints,
        long spam,
        long ham) {

    /** Nothing. */
    public static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of counts. */
    public static Figures of(Counts counts) {
        long events = counts.getConnections() + counts.getMessages() + counts.getRejections();
        return new Figures(
                events,
                counts.getConnections(),
                counts.getMessages(),
                counts.getRejections(),
                counts.getBytes(),
                counts.getGood(),
                counts.getBad(),
                Math.max(0, events - counts.getGood() - counts.getBad()), // feedback is an outcome without an event
                counts.getAuthenticated(),
                counts.getUnauthenticated(),
                counts.getTemperrors(),
                counts.getSpamtraps(),
                counts.getComplaints(),
                counts.getSpam(),
                counts.getHam());
    }

    /** The sum of both. */
    public Figures plus(Figures more) {
        return combined(more, 1);
    }

    /** What this has more than another. */
    public Figures minus(Figures less) {
        return combined(less, -1);
    }

    private Figures combined(Figures other, int sign) {
        return new Figures(
                events + sign * other.events,
                connections + sign * other.connections,
                messages + sign * other.messages,
                rejections + sign * other.rejections,
                bytes + sign * other.bytes,
                good + sign * other.good,
                bad + sign * other.bad,
                neutral + sign * other.neutral,
                authenticated + sign * other.authenticated,
                unauthenticated + sign * other.unauthenticated,
                temperrors + sign * other.temperrors,
                spamtraps + sign * other.spamtraps,
                complaints + sign * other.complaints,
                spam + sign * other.spam,
                ham + sign * other.ham);
    }
}
