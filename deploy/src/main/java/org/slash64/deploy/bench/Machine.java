package org.slash64.deploy.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

    /** Puts it into a JSON object as {@code machine}. */
    public void addTo(ObjectNode node) {
        node.putObject("machine")
                .put("cores", cores)
                .put("memory_mib", memoryMiB)
                .put("system", system)
                .put("java", java)
                .put("load", load);
    }

    @Override
    public String toString() {
        return cores + " cores, " + memoryMiB + " MiB, " + system + ", Java " + java + ", load before "
                + Math.round(load * 100) / 100.0;
    }
}
