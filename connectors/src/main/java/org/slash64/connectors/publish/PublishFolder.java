package org.slash64.connectors.publish;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Files that others read while they are replaced: each is whole at any time, also after a crash. */
final class PublishFolder {

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    PublishFolder(Path folder) {
        this.folder = folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Writes all to temporary files and to the disk first, and renames them only when no write can fail any more. */
    void replace(Map<String, ListFormat.Content> contents) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, ListFormat.Content> content : contents.entrySet()) {
            write(temporary(content.getKey()), content.getValue());
        }
        for (String name : contents.keySet()) {
            Files.move(
                    temporary(name), file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private Path temporary(String name) {
        return file("." + name + ".new");
    }

    private static void write(Path file, ListFormat.Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                Writer out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), BUFFER)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }
}
