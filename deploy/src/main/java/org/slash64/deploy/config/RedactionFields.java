package org.slash64.deploy.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;
import org.slash64.topology.correlate.RedactionSettings;
import org.slash64.topology.correlate.RedactionSettings.LocalParts;

/** {@link RedactionSettings} in a file. */
final class RedactionFields {

    private static final String KEY_FILE = "key-file";
    private static final int MAX_KEY_BYTES = 4_096;

    private RedactionFields() {}

    static RedactionSettings read(Section section) {
        LocalParts localParts = section.value(
                "local-parts",
                LocalParts.KEEP,
                Types.oneOf(LocalParts.class),
                "What becomes of what stands before the @ of addresses: `hash` writes a keyed hash for it, by which the same"
                        + " address is still known as the same, `drop` one word for all.");
        Optional<Path> key = section.optional(
                KEY_FILE,
                "none",
                SiteTypes.path(),
                "File with the key of the hash, at least 16 bytes; keep it secret. The same key gives the same hashes.");
        return switch (localParts) {
            case KEEP -> RedactionSettings.keep();
            case DROP -> RedactionSettings.drop();
            case HASH -> hash(section, key);
        };
    }

    private static RedactionSettings hash(Section section, Optional<Path> file) {
        if (file.isEmpty()) {
            section.mistake("local-parts", "hash needs a key; name a file with at least 16 bytes in " + KEY_FILE);
            return RedactionSettings.keep();
        }
        try {
            byte[] key = Files.readAllBytes(file.get());
            if (key.length >= RedactionSettings.MIN_KEY_BYTES && key.length <= MAX_KEY_BYTES) {
                return RedactionSettings.hash(key);
            }
            section.mistake(KEY_FILE, "the file has " + key.length + " bytes; write 16 to " + MAX_KEY_BYTES);
        } catch (IOException e) {
            section.mistake(KEY_FILE, "cannot read " + file.get() + "; make it with: head -c 32 /dev/urandom");
        }
        return RedactionSettings.keep();
    }
}
