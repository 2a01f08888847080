package org.slash64.deploy.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of bounded size as UTF-8. */
final class TextFile {

    /** Some thousand networks fit, and nothing that takes long to read. */
    static final int MAX_BYTES = 256 * 1024;

    private TextFile() {}

    static Optional<String> read(Path file, Mistakes mistakes) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                mistakes.add(0, "", "is larger than " + MAX_BYTES / 1024 + " KiB; name a configuration file");
                return Optional.empty();
            }
            return decode(bytes, mistakes);
        } catch (NoSuchFileException e) {
            mistakes.add(0, "", "there is no such file; name a configuration file");
        } catch (IOException e) {
            mistakes.add(0, "", "cannot be read (" + e.getMessage() + "); name a configuration file");
        }
        return Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, Mistakes mistakes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            mistakes.add(lines(text), "", "is not UTF-8 here; write the file as UTF-8 text");
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    /** The number of the line that comes after the text. */
    static int lines(CharSequence before) {
        return 1 + (int) before.chars().filter(c -> c == '\n').count();
    }
}
