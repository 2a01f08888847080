package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The logs that somebody named: files, patterns of files, and {@code -} for standard input. In a pattern {@code *},
 * {@code ?}, {@code [a-z]} and <code>{a,b}</code> stand for parts of one name, as in a shell; names that begin with a dot are
 * matched only by patterns that do. A name that exists is no pattern.
 */
public final class LogFiles {

    /** Stands for standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    /** More files than this are a mistake in a pattern. */
    static final int MAX_FILES = 10_000;

    private static final String PATTERN_CHARACTERS = "*?[{";

    private final List<Path> named;

    private LogFiles(List<Path> named) {
        this.named = named;
    }

    /** Nothing is looked up yet. */
    public static LogFiles of(List<Path> named) {
        return new LogFiles(List.copyOf(named));
    }

    /** True where standard input is one of the logs. */
    public boolean standardInput() {
        return named.contains(STANDARD_INPUT);
    }

    /**
     * The files that are there, each once, in no order.
     *
     * @throws IOException naming a file that is not there or cannot be read, or a pattern without a file, and what to do
     */
    public List<Path> require() throws IOException {
        for (Path path : named) {
            if (path.equals(STANDARD_INPUT)) {
                continue;
            }
            if (!isPattern(path)) {
                LogContent.open(path).close();
            } else if (matching(path).isEmpty()) {
                throw new NoSuchFileException(path.toString(), null, "no file matches this pattern");
            }
        }
        return present();
    }

    /** The files that are there at this moment, each once, in no order. */
    List<Path> present() throws IOException {
        Map<Object, Path> found = new LinkedHashMap<>();
        for (Path path : named) {
            List<Path> paths = isPattern(path) ? matching(path) : List.of(path);
            for (Path each : paths) {
                if (Files.isRegularFile(each)) {
                    found.putIfAbsent(FileKey.of(each).orElse(each), each);
                }
            }
            if (found.size() > MAX_FILES) {
                throw new IOException(path + " and the like are more than " + MAX_FILES + " files; name fewer");
            }
        }
        return List.copyOf(found.values());
    }

    private static boolean isPattern(Path path) {
        return hasPattern(path) && !Files.exists(path);
    }

    private static boolean hasPattern(Path name) {
        return name.toString().chars().anyMatch(c -> PATTERN_CHARACTERS.indexOf(c) >= 0);
    }

    private static List<Path> matching(Path pattern) throws IOException {
        Path start = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        List<Path> found = List.of(start);
        for (Path name : pattern) {
            List<Path> next = new ArrayList<>();
            for (Path folder : found) {
                next.addAll(hasPattern(name) ? in(folder, name) : List.of(folder.resolve(name)));
            }
            if (next.size() > MAX_FILES) {
                throw new IOException(pattern + " matches more than " + MAX_FILES + " files; name fewer");
            }
            found = next;
        }
        return found.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> in(Path folder, Path name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        boolean hidden = name.toString().startsWith(".");
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, name.toString())) {
            for (Path entry : entries) {
                if (hidden || !entry.getFileName().toString().startsWith(".")) {
                    found.add(folder.resolve(entry.getFileName()));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    @Override
    public String toString() {
        return named.toString();
    }
}
