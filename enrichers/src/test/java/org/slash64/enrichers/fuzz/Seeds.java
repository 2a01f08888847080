package org.slash64.enrichers.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Inputs that a search starts from, and that are all there is to a target as a unit test. */
public final class Seeds {
    private Seeds() {}

    /** Texts, one char a byte. */
    public static Stream<byte[]> of(String... texts) {
        return Stream.of(texts).map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Mail, with the line ends it has on the wire. */
    public static Stream<byte[]> mail(String... texts) {
        return Stream.of(texts)
                .map(text -> text.replace("\n", "\r\n"))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Files of the conformance data beside this project whose names end so; none where the folder is missing. */
    public static Stream<byte[]> conformance(String folder, String suffix) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path root = above.resolve(Path.of("shared", "conformance", folder));
            if (Files.isDirectory(root)) {
                return files(root, suffix).stream().map(Seeds::read);
            }
        }
        return Stream.empty();
    }

    private static List<Path> files(Path root, String suffix) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
