package org.slash64.connectors.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of a version that was published.
 *
 * @param version its number
 * @param prefixes how many prefixes it listed
 * @param domains how many domains it listed
 */
public record PublishedVersion(long version, long prefixes, long domains) {

    /** Three short lines. */
    private static final int MAX_FILE = 1_024;

    /** Far more than anybody lists, and no number near it overflows. */
    private static final int MAX_DIGITS = 15;

    /** As a file: a line for each number, its name first. */
    public String text() {
        return "version " + version + "\nprefixes " + prefixes + "\ndomains " + domains + "\n";
    }

    /** Reads {@link #text()} from a file; empty where there is none. */
    static Optional<PublishedVersion> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        Optional<PublishedVersion> read =
                Files.size(file) > MAX_FILE ? Optional.empty() : parse(Files.readString(file));
        if (read.isEmpty()) {
            throw new IOException(file + " is damaged; delete it, and the next version is published unchecked");
        }
        return read;
    }

    private static Optional<PublishedVersion> parse(String text) {
        Map<String, Long> numbers = new HashMap<>();
        text.lines().forEach(line -> {
            String[] words = line.split(" ", 2);
            if (words.length == 2 && isNumber(words[1])) {
                numbers.put(words[0], Long.valueOf(words[1]));
            }
        });
        return numbers.keySet().containsAll(List.of("version", "prefixes", "domains"))
                ? Optional.of(
                        new PublishedVersion(numbers.get("version"), numbers.get("prefixes"), numbers.get("domains")))
                : Optional.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
