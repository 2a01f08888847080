package org.slash64.connectors.allowlist;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Subject;

/**
 * Reads an allowlist file: UTF-8, one prefix, address or domain a line. A {@code #} starts a comment; one that stands after
 * an entry is kept with it.
 */
public final class AllowlistFile {

    /** All of them are held in memory, several times. */
    public static final int MAX_ENTRIES = 1_000_000;

    /** A domain name has 253 characters (RFC 1035 section 2.3.4); the rest is for the comment. */
    static final int MAX_LINE_BYTES = 1_024;

    /** As many lines as it may have entries, each with a good comment. */
    static final long MAX_BYTES = 128L << 20;

    /** Nobody reads more; a file of another kind has thousands. */
    static final int MOST_TOLD = 100;

    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final String file;
    private final String by;
    private final Map<Subject, Integer> lines = new HashMap<>();
    private final List<AllowEntry> entries = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private int wrong;

    private AllowlistFile(Path path) {
        this.file = path.toString();
        this.by = String.valueOf(path.getFileName());
    }

    /**
     * Reads all entries, in the order of the file. They are entered by the file's name, at no known time (the epoch).
     *
     * @throws AllowlistException with all mistakes, where there are any
     */
    public static List<AllowEntry> read(Path path) throws AllowlistException {
        AllowlistFile read = new AllowlistFile(path);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            read.all(in);
        } catch (NoSuchFileException e) {
            read.mistake(0, "there is no such file; name an allowlist, or make an empty one");
        } catch (IOException e) {
            read.mistake(0, "cannot be read (" + e.getMessage() + "); name an allowlist");
        }
        return read.result();
    }

    private List<AllowEntry> result() throws AllowlistException {
        if (wrong > mistakes.size()) {
            mistakes.add(file + ": and " + (wrong - mistakes.size()) + " more mistakes");
        }
        if (!mistakes.isEmpty()) {
            throw new AllowlistException(mistakes);
        }
        return List.copyOf(entries);
    }

    private void mistake(int line, String text) {
        wrong++;
        if (mistakes.size() < MOST_TOLD) {
            mistakes.add(file + (line == 0 ? "" : ":" + line) + ": " + text);
        }
    }

    private void all(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE_BYTES];
        int length = 0;
        int number = 1;
        long size = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (++size > MAX_BYTES || entries.size() > MAX_ENTRIES) {
                tooLarge();
                return;
            }
            if (next == '\n') {
                line(number++, line, length);
                length = 0;
            } else if (length++ < MAX_LINE_BYTES) {
                line[length - 1] = (byte) next;
            }
        }
        line(number, line, length);
        if (entries.size() > MAX_ENTRIES) {
            tooLarge();
        }
    }

    private void tooLarge() {
        mistake(
                0,
                "has more than " + MAX_ENTRIES + " entries or " + (MAX_BYTES >> 20)
                        + " MiB; name fewer and coarser prefixes");
    }

    /** The length may be more than the bytes that were kept. */
    private void line(int number, byte[] bytes, int length) {
        if (length > MAX_LINE_BYTES) {
            mistake(number, "is longer than " + MAX_LINE_BYTES + " bytes; write a shorter comment");
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
            line(number, number == 1 && text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            mistake(number, "is not UTF-8; write the file as UTF-8 text");
        }
    }

    private void line(int number, String text) {
        int hash = text.indexOf('#');
        String entry = (hash < 0 ? text : text.substring(0, hash)).strip();
        if (!entry.isEmpty()) {
            entry(number, entry, hash < 0 ? "" : plain(text.substring(hash + 1).strip()));
        }
    }

    private void entry(int number, String text, String comment) {
        try {
            Subject subject = AllowedText.parse(text);
            Integer first = lines.putIfAbsent(subject, number);
            if (first == null) {
                entries.add(new AllowEntry(subject.toString(), comment, by, Instant.EPOCH));
            } else {
                mistake(number, subject + " is there twice, first in line " + first + "; leave one out");
            }
        } catch (IllegalArgumentException e) {
            mistake(number, e.getMessage());
        }
    }

    /** Comments end up in records and messages. */
    private static String plain(String comment) {
        StringBuilder plain = new StringBuilder(comment.length());
        comment.chars().map(c -> Character.isISOControl(c) ? '?' : c).forEach(c -> plain.append((char) c));
        return plain.toString();
    }
}
