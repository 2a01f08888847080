package org.slash64.deploy.bench.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a process takes, in bytes.
 *
 * @param heap in use after a full collection
 * @param resident pages in memory then
 * @param mostResident most pages that were in memory at any time
 */
record Memory(long heap, long resident, long mostResident) {

    private static final int MIB_BITS = 20;

    /** Of a process of this machine whose heap is known; proc(5) tells the rest. */
    static Memory of(long pid, long heap) throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        if (Files.notExists(status)) {
            throw new IOException(status + " is not there; resident memory is known on Linux alone");
        }
        return parse(heap, Files.readAllLines(status));
    }

    /** Reads lines such as {@code VmRSS:  1024 kB}. */
    static Memory parse(long heap, List<String> status) throws IOException {
        return new Memory(heap, bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
    }

    private static long bytes(List<String> status, String field) throws IOException {
        String value = status.stream()
                .filter(line -> line.startsWith(field))
                .findFirst()
                .orElseThrow(() -> new IOException("a process has no " + field));
        String kib = value.substring(field.length()).strip();
        return Long.parseLong(kib.substring(0, kib.indexOf(' '))) << 10;
    }

    /** MiB with a unit. */
    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes >> MIB_BITS);
    }
}
