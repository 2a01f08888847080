package org.slash64.deploy.bench.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady rate that waits for nobody.
 *
 * @param start when the first is due, as {@link System#nanoTime()} has it
 * @param perSecond how many are due in a second
 */
public record Pace(long start, int perSecond) {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** From now on. */
    public static Pace of(int perSecond) {
        return new Pace(System.nanoTime(), perSecond);
    }

    /** After which time, in nanoseconds, one is due; the first has number 0. */
    public long after(long number) {
        return number * SECOND / perSecond;
    }

    /** When one is due, as {@link System#nanoTime()} has it. */
    public long due(long number) {
        return start + after(number);
    }

    /** How many are due in a time. */
    public long in(Duration time) {
        return time.toNanos() * perSecond / SECOND;
    }

    /**
     * Returns when one is due, or the thread is interrupted.
     *
     * @param nap in nanoseconds, the least time to sleep where it is not due yet: those due meanwhile come together
     */
    public void await(long number, long nap) {
        long due = due(number);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(Math.max(left, nap));
        }
    }
}
