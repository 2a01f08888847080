package org.slash64.connectors.log;

/**
 * Who wrote a line: RFC 3164 section 4.1.3, {@code program[pid]:}.
 *
 * @param program empty where none is named
 * @param pid {@link LogLine#NO_PID} where there is none, or none that is a number
 */
public record SyslogTag(String program, long pid) {

    /** The longest name of a program. RFC 5424 section 6 has 48; services of Postfix add theirs. */
    public static final int MAX_PROGRAM = 128;

    /** What a 64-bit number holds whatever the digits. */
    private static final int MAX_PID_DIGITS = 18;

    private static final SyslogTag NONE = new SyslogTag("", LogLine.NO_PID);

    /** Makes the program's name safe, which becomes part of events. */
    public SyslogTag {
        program = SafeText.of(program);
    }

    /** Reads a tag that stands alone, as a shipper hands it on, with or without process id and colon. */
    public static SyslogTag of(String text) {
        SyslogTag tag = read(new Cursor(text + ":", text.length() + 1));
        return tag.program().isEmpty() && text.length() <= MAX_PROGRAM ? new SyslogTag(text, LogLine.NO_PID) : tag;
    }

    /** Reads a tag with what parts it from the message; nothing is read, and no program named, where none is there. */
    static SyslogTag read(Cursor in) {
        int start = in.at;
        while (!in.atEnd() && in.at - start <= MAX_PROGRAM && !endsProgram(in.peek(0))) {
            in.at++;
        }
        boolean ended = in.peek(0) == ':' || in.peek(0) == '[';
        if (in.at == start || !ended) {
            in.at = start;
            return NONE;
        }
        String program = in.text.substring(start, in.at);
        long pid = bracketed(in);
        in.skip(':');
        in.skipBlanks();
        return new SyslogTag(program, pid);
    }

    private static boolean endsProgram(char c) {
        return c == ':' || c == '[' || c == ' ';
    }

    private static long bracketed(Cursor in) {
        if (!in.skip('[')) {
            return LogLine.NO_PID;
        }
        int close = in.at;
        while (close < in.end && close - in.at <= MAX_PROGRAM && in.text.charAt(close) != ']') {
            close++;
        }
        if (close >= in.end || in.text.charAt(close) != ']') {
            return LogLine.NO_PID;
        }
        long pid = number(in.text.substring(in.at, close));
        in.at = close + 1;
        return pid;
    }

    /** The process id that a text is, or {@link LogLine#NO_PID}. */
    public static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= MAX_PID_DIGITS;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = Cursor.isDigit(text.charAt(i));
        }
        return digits ? Long.parseLong(text) : LogLine.NO_PID;
    }
}
