package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/** What changes when a file is written. */
record FileState(long size, FileTime modified) {

    /** Of the file that a path leads to now; of size -1 where there is none. */
    static FileState of(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileState(attributes.size(), attributes.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return new FileState(-1, FileTime.fromMillis(0));
        }
    }
}
