package org.slash64.deploy.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slash64.connectors.log.Arrival;
import org.slash64.schemas.Address;

/** What commands that read logs say about them. */
final class LogOptions {

    static final String FILES = "Logs to read: files, plain or gzip, and patterns of them, quoted or not, such as"
            + " '/var/log/mail.log*'; - for standard input. They are read the oldest first, by the time of their first"
            + " line with one, else by their time of modification.";

    static final String HOST = "Name of the host that wrote those lines that name none. Default: this machine's.";

    /** Where Linux tells the host's name; asking for it otherwise may ask DNS. */
    private static final List<Path> NAME_FILES =
            List.of(Path.of("/proc/sys/kernel/hostname"), Path.of("/etc/hostname"));

    private LogOptions() {}

    /** The name as logs have it: the first label, in lower case; this machine's where none is given. */
    static String host(Optional<String> given) {
        String name = given.orElseGet(LogOptions::ofThisMachine).strip();
        int dot = Address.parse(name).isPresent() ? -1 : name.indexOf('.');
        String label = dot > 0 ? name.substring(0, dot) : name;
        return label.isEmpty() ? Arrival.UNNAMED_HOST : label.toLowerCase(Locale.ROOT);
    }

    private static String ofThisMachine() {
        return NAME_FILES.stream()
                .map(LogOptions::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(Arrival.UNNAMED_HOST);
    }

    /** Empty where it cannot be read. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
