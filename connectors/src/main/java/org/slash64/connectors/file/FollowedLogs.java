package org.slash64.connectors.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are read on as they grow, by what they are to the file system: a file that was renamed stays the same, whether
 * its new name is one that is read or not. A file under no such name any more is still read for a while. One thread.
 */
final class FollowedLogs {

    /**
     * So long after it had a name here, or grew, a file is still read: its writer goes on with it until it is told,
     * which logrotate does in postrotate, after the new file was made.
     */
    private static final Duration LEAVE = Duration.ofMinutes(1);

    /** More files than this are not read after their renaming; the one that grew least lately gives way. */
    private static final int MAX_LEAVING = 16;

    /** Each takes a file descriptor; systems give 1,024 and more to a process. */
    static final int MAX_OPEN = 512;

    private static final Logger LOG = LoggerFactory.getLogger(FollowedLogs.class);

    /** A file that is open; times by {@link System#nanoTime()}. */
    private static final class Followed {
        private final FileLog log;
        private boolean named = true;
        private long offset;

        /** When it last had a name here, or grew. */
        private long lastSign = System.nanoTime();

        Followed(FileLog log) {
            this.log = log;
        }

        void named(Path path) {
            named = true;
            log.nowAt(path);
            lastSign = System.nanoTime();
        }

        void readUpTo(long now) {
            if (now != offset) {
                offset = now;
                lastSign = System.nanoTime();
            }
        }
    }

    private final LogFiles files;
    private final LogOrder order;
    private final Deliveries deliveries;
    private final Map<Object, Followed> open = new LinkedHashMap<>();

    /** Files that do not grow and are read, or that cannot be read, with their state at that time. */
    private Map<Object, FileState> settled = new HashMap<>();

    /** Packed files that are new or changed; one is read when it is the same in two looks. */
    private Map<Object, FileState> changing = new HashMap<>();

    private boolean full;

    FollowedLogs(LogFiles files, LogOrder order, Deliveries deliveries) {
        this.files = files;
        this.order = order;
        this.deliveries = deliveries;
    }

    /** Reads files from where they were left. */
    void begin(List<Path> paths) throws IOException, InterruptedException {
        for (Path path : paths) {
            begin(path);
        }
    }

    /** Looks once what is there and reads it; what was known goes before what is new. */
    void read() throws IOException, InterruptedException {
        List<Path> unknown = look();
        for (Followed followed : open.values()) {
            readOn(followed);
        }
        begin(order.sorted(unknown));
        leave();
    }

    /** Finds out which file is where; gives the files that are new. */
    private List<Path> look() throws IOException {
        open.values().forEach(followed -> followed.named = false);
        Map<Object, FileState> before = settled;
        Map<Object, FileState> changed = changing;
        settled = new HashMap<>();
        changing = new HashMap<>();
        List<Path> unknown = new ArrayList<>();
        for (Path path : files.present()) {
            Object key = FileKey.of(path).orElse(path);
            Followed followed = open.get(key);
            if (followed != null) {
                followed.named(path);
            } else if (isReady(path, key, before.get(key), changed.get(key))) {
                unknown.add(path);
            }
        }
        return unknown;
    }

    private boolean isReady(Path path, Object key, FileState before, FileState changed) throws IOException {
        FileState now = FileState.of(path);
        if (now.equals(before)) {
            settled.put(key, now);
            return false;
        }
        if (path.toString().endsWith(".gz") && !now.equals(changed)) {
            changing.put(key, now);
            return false;
        }
        return true;
    }

    private void begin(Path path) throws IOException, InterruptedException {
        if (open.size() >= MAX_OPEN) {
            if (!full) {
                LOG.error("{} and more files are not read: no more than {} can be followed", path, MAX_OPEN);
            }
            full = true;
            return;
        }
        FileState before = FileState.of(path);
        Object key = FileKey.of(path).orElse(null);
        if (key == null) {
            return; // it was renamed meanwhile, and is found again under its other name
        }
        try {
            begin(path, key, before);
        } catch (CutOffException e) {
            LOG.info("{}; looked at again when it changes", e.getMessage());
            settled.put(key, before);
        } catch (IOException e) {
            LOG.warn("{} is not read until it changes: {}", path, e.getMessage());
            settled.put(key, before);
        }
    }

    private void begin(Path path, Object key, FileState before) throws IOException, InterruptedException {
        FileLog log = deliveries.open(path);
        boolean kept = false;
        try {
            if (!FileKey.of(path).equals(Optional.of(key))) {
                return; // renamed just now, likewise
            }
            deliveries.sendLines(log);
            kept = !log.ended();
            if (!kept) {
                deliveries.sendRest(log);
                settled.put(key, before);
            } else {
                open.put(key, new Followed(log));
            }
        } finally {
            if (!kept) {
                log.close();
            }
        }
    }

    private void readOn(Followed followed) throws IOException, InterruptedException {
        if (followed.log.isTruncated()) {
            LOG.info("{} was truncated; reading it from its start", followed.log.name());
            deliveries.restart(followed.log);
        }
        deliveries.sendLines(followed.log);
        followed.readUpTo(followed.log.lines().readUpTo());
    }

    private void leave() throws IOException, InterruptedException {
        long now = System.nanoTime();
        List<Map.Entry<Object, Followed>> leaving = open.entrySet().stream()
                .filter(entry -> !entry.getValue().named)
                .sorted(Comparator.comparingLong(entry -> entry.getValue().lastSign - now))
                .toList();
        for (int i = 0; i < leaving.size(); i++) {
            Followed followed = leaving.get(i).getValue();
            boolean crowded = leaving.size() - i > MAX_LEAVING;
            if (crowded || now - followed.lastSign > LEAVE.toNanos()) {
                open.remove(leaving.get(i).getKey());
                end(followed);
            }
        }
    }

    private void end(Followed followed) throws IOException, InterruptedException {
        try (FileLog log = followed.log) {
            deliveries.sendRest(log);
        }
    }

    /** Ends those without a name, and closes all. */
    void close() throws IOException, InterruptedException {
        for (Followed followed : open.values()) {
            if (followed.named) {
                followed.log.close();
            } else {
                end(followed);
            }
        }
        open.clear();
    }
}
