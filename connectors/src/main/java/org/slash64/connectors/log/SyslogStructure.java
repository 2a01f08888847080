package org.slash64.connectors.log;

/** The rest of a header after the host in RFC 5424 section 6: {@code program procid msgid structured-data message}. */
final class SyslogStructure {

    private static final String NIL = "-";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private SyslogStructure() {}

    /**
     * Reads up to the message.
     *
     * @param certain that it is this format; if not, only a process id that is a number tells it from words of a message
     * @return null where it is something else
     */
    static SyslogTag read(Cursor in, boolean certain) {
        String program = in.token();
        boolean named = !program.isEmpty()
                && program.length() <= SyslogTag.MAX_PROGRAM
                && (certain || !(program.endsWith(":") || program.endsWith("]")));
        if (!named || !in.skip(' ')) {
            return null;
        }
        String process = in.token();
        long pid = SyslogTag.number(process);
        boolean told = certain ? !process.isEmpty() : process.equals(NIL) || pid != LogLine.NO_PID;
        if (!told || !in.skip(' ') || in.token().isEmpty() || !in.skip(' ') || !skipData(in)) {
            return null;
        }
        in.skipBlanks();
        in.skip(BYTE_ORDER_MARK);
        in.skipBlanks();
        return new SyslogTag(program.equals(NIL) ? "" : program, pid);
    }

    private static boolean skipData(Cursor in) {
        if (in.skip('-')) {
            return in.atEnd() || in.peek(0) == ' ';
        }
        boolean any = false;
        while (in.peek(0) == '[') {
            if (!skipElement(in)) {
                return false;
            }
            any = true;
        }
        return any;
    }

    /** One bracketed element; within quotes a backslash escapes (RFC 5424 section 6.3.3). */
    private static boolean skipElement(Cursor in) {
        boolean quoted = false;
        for (; !in.atEnd(); in.at++) {
            char c = in.peek(0);
            if (c == '\\' && quoted) {
                in.at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                in.at++;
                return true;
            }
        }
        return false;
    }
}
