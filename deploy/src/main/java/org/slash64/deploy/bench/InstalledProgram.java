package org.slash64.deploy.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of this system that a bench runs. */
public final class InstalledProgram {
    /** Where servers are, though not on everybody's path. */
    private static final List<String> SERVER_DIRECTORIES = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private InstalledProgram() {}

    /**
     * Looks for it on a search path and in the directories of servers.
     *
     * @param path directories, as in the environment's {@code PATH}
     * @param debianPackage that it comes in
     * @throws IOException when it is not there; the message says what to install
     */
    public static Path find(String name, String path, String debianPackage) throws IOException {
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), SERVER_DIRECTORIES.stream())
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is not installed; it comes with the package "
                        + debianPackage + " (Debian: apt-get install " + debianPackage + ")"));
    }
}
