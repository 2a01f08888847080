package org.slash64.testkit.registry;

import java.io.IOException;
import java.time.Duration;

/**
 * A Java agent that ends its program when the process that started it is gone, however that ended. The parent holds the
 * other end of standard input open and writes nothing; the system closes it with the parent.
 *
 * <p>It is loaded into another program, so it uses nothing but the JDK.
 */
public final class ParentWatch {
    /** Time for the program to end in order before it is halted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private ParentWatch() {}

    /** Called by the JVM before the program's own main. */
    public static void premain(String arguments) {
        daemon("parent-watch", ParentWatch::endWithParent);
    }

    private static void endWithParent() {
        awaitEndOfInput();
        daemon("parent-watch-halt", ParentWatch::haltAfterGrace);
        System.exit(0);
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // The parent writes nothing; whatever comes means that it is alive.
            }
        } catch (IOException e) {
            return; // a broken pipe says the same as its end
        }
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
