package org.slash64.deploy.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/**
 * Where it was measured.
 *
 * @param cores those that this process may use
 * @param memoryMiB of the machine
 * @param system operating system and processor type
 * @param java version of the Java runtime
 * @param load processes that wanted a core before the measurement began, the mean of a minute; negative where the
 *     system does not tell
 */
public record Machine(int cores, long memoryMiB, String system, String java, double load) {

    /** This one, now. */
    public static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        long memory =
                system instanceof com.sun.management.OperatingSystemMXBean detailed ? detailed.getTotalMemorySize() : 0;
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory >> 20,
                system.getName() + " " + system.getArch(),
                Runtime.version().toString(),
                system.getSystemLoadAverage());
    }

    @Override
    public String toString() {
        return cores + " cores, " + memoryMiB + " MiB, " + system + ", Java " + java + ", load before "
                + Math.round(load * 100) / 100.0;
    }
}
