package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What a file is to the file system, whatever its name: device and inode. */
final class FileKey {

    private FileKey() {}

    /** The file that a path leads to; where the file system has no keys, the path itself. Empty where there is none. */
    static Optional<Object> of(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? path.toAbsolutePath().normalize() : key);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
