package org.slash64.deploy.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slash64.connectors.observed.Seal;

/**
 * The key under which milters seal their verdicts: hexadecimal digits in a file that only its owner may read. It is made when
 * it is not there.
 *
 * @param file where it is kept
 */
record MilterKey(Path file) {

    /** Half of what is made: RFC 2104 section 3 discourages less. */
    private static final int MIN_BYTES = Seal.KEY_BYTES / 2;

    private static final FileAttribute<?> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * The seal under it.
     *
     * @throws IOException if the file holds no key, or cannot be made
     */
    Seal seal() throws IOException {
        if (Files.notExists(file)) {
            make();
        }
        String text = Files.readString(file).strip();
        try {
            byte[] key = HexFormat.of().parseHex(text);
            if (key.length >= MIN_BYTES) {
                return new Seal(key);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not hexadecimal; remove the file and it is made anew", e);
        }
        throw new IOException(file + ": fewer than " + 2 * MIN_BYTES + " digits; remove the file and it is made anew");
    }

    private void make() throws IOException {
        byte[] key = new byte[Seal.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".new"); // a kill must not leave half a key
        Files.deleteIfExists(whole);
        Files.createFile(whole, OWN);
        Files.writeString(whole, HexFormat.of().formatHex(key) + System.lineSeparator());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
