package org.slash64.testkit.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Copies a program's output to a file, begun anew with each program. A full file is kept under the name with {@code .1}
 * at its end, so that the two never hold more than twice the bound.
 */
final class BoundedLog {
    static final long MAX_BYTES = 1 << 20;

    private static final int MAX_LINE_CHARS = 500;

    private final Path file;

    BoundedLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Copies until the program ends, on a thread of its own. */
    Thread follow(InputStream output) throws IOException {
        Files.deleteIfExists(previous());
        OutputStream first = Files.newOutputStream(file);
        Thread thread = new Thread(() -> copy(output, first), "registry-log");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void copy(InputStream output, OutputStream first) {
        try (output) {
            boolean more = copyFile(output, first);
            while (more) {
                Files.move(file, previous(), StandardCopyOption.REPLACE_EXISTING);
                more = copyFile(output, Files.newOutputStream(file));
            }
        } catch (IOException e) {
            return; // the pipe of a program that was destroyed, or a full disk: the log ends here
        }
    }

    /** True if the file is full and the output goes on. */
    private static boolean copyFile(InputStream output, OutputStream file) throws IOException {
        byte[] buffer = new byte[8192];
        try (file) {
            long written = 0;
            while (written < MAX_BYTES) {
                int read = output.read(buffer);
                if (read < 0) {
                    return false;
                }
                file.write(buffer, 0, read);
                written += read;
            }
        }
        return true;
    }

    private Path previous() {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    /** The last lines of the file, each cut to a readable length. */
    List<String> lastLines(int count) throws IOException {
        Deque<String> last = new ArrayDeque<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last.addLast(line.substring(0, Math.min(line.length(), MAX_LINE_CHARS)));
                if (last.size() > count) {
                    last.removeFirst();
                }
            }
        }
        return List.copyOf(last);
    }
}
