package org.slash64.deploy.bench.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slash64.deploy.bench.InstalledProgram;

/** Keeps a program, with all its threads, on one core. */
final class OneCore {

    /** Where Linux tells the cores that a process may use. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String ALLOWED = "Cpus_allowed_list:";

    private OneCore() {}

    /** What to put before a command; nothing where the system has no such program. */
    static List<String> pinning(String path) {
        try {
            String taskset =
                    InstalledProgram.find("taskset", path, "util-linux").toString();
            String core = first(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
            return core.isEmpty() ? List.of() : List.of(taskset, "-c", core);
        } catch (IOException e) {
            return List.of(); // as the settings of the result tell
        }
    }

    /** The first core of a list such as {@code 0-1,4}; empty where there is none. */
    static String first(String status) {
        int start = status.indexOf(ALLOWED);
        if (start < 0) {
            return "";
        }
        String list = status.substring(start + ALLOWED.length()).stripLeading();
        int end = 0;
        while (end < list.length() && Character.isDigit(list.charAt(end))) {
            end++;
        }
        return list.substring(0, end);
    }
}
