package org.slash64.connectors.file;

import java.util.Optional;

/**
 * One line as it stands in a log, without its line feed.
 *
 * @param bytes the line, or of an oversized one its first {@link LineReader#MAX_LINE_BYTES}
 * @param length its full length in bytes
 * @param sha256 of an oversized line the SHA-256 of all of it, in hex; empty where {@code bytes} is the whole line
 * @param end offset in the file of what follows the line
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RawLine(byte[] bytes, long length, Optional<String> sha256, long end) {}
