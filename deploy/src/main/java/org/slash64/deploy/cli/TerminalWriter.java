package org.slash64.deploy.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.slash64.deploy.check.SafeText;

/**
 * The last before a terminal, whatever a command prints: a question mark for each character that does not print or steers
 * what prints, but for tabs and line ends.
 */
public final class TerminalWriter extends FilterWriter {

    private TerminalWriter(Writer terminal) {
        super(terminal);
    }

    /** A writer that hands on to another, line by line. */
    public static PrintWriter before(Writer terminal) {
        return new PrintWriter(new TerminalWriter(terminal), true);
    }

    @Override
    public void write(int c) throws IOException {
        out.write(isSafe(c) ? c : '?');
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        StringBuilder safe = new StringBuilder(length);
        text.substring(offset, offset + length)
                .codePoints()
                .map(c -> isSafe(c) ? c : '?')
                .forEach(safe::appendCodePoint);
        out.write(safe.toString());
    }

    private static boolean isSafe(int c) {
        return c == '\n' || c == '\t' || SafeText.prints(c);
    }
}
