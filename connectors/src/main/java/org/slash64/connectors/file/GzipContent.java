package org.slash64.connectors.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file (RFC 1952), unpacked as it is read. It does not grow. Lines are read far ahead of the offset whose tail tells
 * where reading stood, so two places of the text are kept at hand; only a step back before both unpacks from the start.
 */
final class GzipContent implements LogContent {

    private static final int PLACES = 2;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** RFC 1952 section 2.3.1: ID1 and ID2. */
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};

    private final Path path;
    private final List<Place> places = new ArrayList<>();
    private long furthest;

    GzipContent(Path path) {
        this.path = path;
    }

    /** True where the file says so, by its first bytes or, being empty as yet, by its name. */
    static boolean isGzip(Path path) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(MAGIC.length);
        try (FileChannel file = FileChannel.open(path)) {
            file.read(first, 0);
        }
        boolean named = path.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
        if (named && !first.hasRemaining() && !ByteBuffer.wrap(MAGIC).equals(first.flip())) {
            throw new IOException(path + " is no gzip file although its name says so; rename it or leave it out");
        }
        return named || ByteBuffer.wrap(MAGIC).equals(first.rewind());
    }

    /** The text from some offset on. */
    private static final class Place {
        private final FileChannel file;
        private final InputStream text;
        private long at;

        Place(Path path) throws IOException {
            file = FileChannel.open(path);
            boolean opened = false;
            try {
                text = new GZIPInputStream(
                        new BufferedInputStream(Channels.newInputStream(file), BUFFER_BYTES), BUFFER_BYTES);
                opened = true;
            } finally {
                if (!opened) {
                    file.close();
                }
            }
        }

        /** False where the text is shorter. */
        boolean skipTo(long offset) throws IOException {
            byte[] skipped = new byte[BUFFER_BYTES];
            while (at < offset) {
                if (read(skipped, 0, (int) Math.min(skipped.length, offset - at)) < 0) {
                    return false;
                }
            }
            return true;
        }

        int read(byte[] bytes, int start, int most) throws IOException {
            int count = text.read(bytes, start, most);
            at += Math.max(0, count);
            return count;
        }
    }

    @Override
    public int read(ByteBuffer buffer, long offset) throws IOException {
        Place place = before(offset);
        try {
            int count = place.skipTo(offset)
                    ? place.read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining())
                    : -1;
            buffer.position(buffer.position() + Math.max(0, count));
            furthest = Math.max(furthest, place.file.position());
            return count;
        } catch (EOFException e) {
            throw new CutOffException(path, place.at, e);
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    /** The nearest place at or before an offset. */
    private Place before(long offset) throws IOException {
        Place nearest = null;
        for (Place place : places) {
            if (place.at <= offset && (nearest == null || place.at > nearest.at)) {
                nearest = place;
            }
        }
        return nearest == null ? anew() : nearest;
    }

    /** One more place at the start of the text; the one furthest back gives way. */
    private Place anew() throws IOException {
        if (places.size() == PLACES) {
            Place last = places.get(0).at < places.get(1).at ? places.get(0) : places.get(1);
            places.remove(last);
            last.text.close();
        }
        try {
            Place place = new Place(path);
            places.add(place);
            return place;
        } catch (EOFException e) {
            throw new CutOffException(path, 0, e);
        } catch (ZipException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(ZipException e) {
        return new IOException(path + " is damaged (" + e.getMessage() + "); unpack what can be, or leave it out", e);
    }

    @Override
    public boolean grows() {
        return false;
    }

    @Override
    public long consumed(long offset) {
        return furthest;
    }

    @Override
    public long size() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() throws IOException {
        for (Place place : places) {
            place.text.close();
        }
    }
}
