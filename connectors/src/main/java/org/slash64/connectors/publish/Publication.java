package org.slash64.connectors.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes versions of the list into a folder, in every format from one snapshot. The file {@code version} tells which was
 * published last; one that differs too much from it is not published, and the file {@code refused} tells its size. Whoever finds it
 * right renames that file to {@code confirmed}, and the next version is measured by it.
 */
public final class Publication {

    /**
     * What became of a version.
     *
     * @param objection why it was not published, in words, with what to do about it; empty where the files have it
     */
    public record Outcome(PublishedVersion version, Optional<String> objection) {}

    private static final String VERSION = "version";
    private static final String REFUSED = "refused";
    private static final String CONFIRMED = "confirmed";

    private final List<ListFormat> formats;
    private final PublishFolder folder;
    private final ChangeBound bound;
    private final Clock clock;

    /** @param path the folder; it is made if missing */
    public Publication(List<ListFormat> formats, Path path, ChangeBound bound, Clock clock) {
        this.formats = List.copyOf(formats);
        this.folder = new PublishFolder(path);
        this.bound = bound;
        this.clock = clock;
    }

    /**
     * Writes the next version, unless it differs too much from the last.
     *
     * @throws IOException where it cannot be written; the files are as they were, if not renaming them failed
     */
    public Outcome publish(PublishedState state) throws IOException {
        Optional<PublishedVersion> last = PublishedVersion.read(folder.file(VERSION));
        Optional<PublishedVersion> base =
                PublishedVersion.read(folder.file(CONFIRMED)).or(() -> last);
        Snapshot snapshot = next(state, last);
        PublishedVersion next = sizeOf(snapshot);
        Optional<String> objection = base.flatMap(known -> bound.objection(known, next));
        return objection.isPresent() ? refuse(next, objection.get()) : write(snapshot, next);
    }

    /** The same, however much it differs. */
    public Outcome publishUnchecked(PublishedState state) throws IOException {
        Snapshot snapshot = next(state, PublishedVersion.read(folder.file(VERSION)));
        return write(snapshot, sizeOf(snapshot));
    }

    /** Seconds since 1970, as is usual for serial numbers of zones; more where the clock went back or did not go on. */
    private Snapshot next(PublishedState state, Optional<PublishedVersion> last) {
        Instant now = clock.instant();
        long least = last.map(known -> known.version() + 1).orElse(0L);
        return state.snapshot(Math.max(now.getEpochSecond(), least), now);
    }

    private static PublishedVersion sizeOf(Snapshot snapshot) {
        return new PublishedVersion(
                snapshot.version(),
                snapshot.prefixes().listings().size(),
                snapshot.domains().listings().size());
    }

    private Outcome refuse(PublishedVersion next, String objection) throws IOException {
        folder.replace(Map.of(REFUSED, out -> out.write(next.text())));
        return new Outcome(
                next,
                Optional.of(objection + ", more of a change than is published unseen; if that is right: mv "
                        + folder.file(REFUSED) + " " + folder.file(CONFIRMED)));
    }

    private Outcome write(Snapshot snapshot, PublishedVersion version) throws IOException {
        Map<String, ListFormat.Content> files = new LinkedHashMap<>();
        formats.forEach(format -> files.putAll(format.files(snapshot)));
        files.put(VERSION, out -> out.write(version.text())); // the last to be renamed
        folder.replace(files);
        Files.deleteIfExists(folder.file(REFUSED));
        Files.deleteIfExists(folder.file(CONFIRMED));
        return new Outcome(version, Optional.empty());
    }
}
