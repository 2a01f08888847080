package org.slash64.deploy.check;

/** Text that came from DNS or a command line, made safe for terminals. */
public final class SafeText {
    /** Longer than any name, address or reason that is worth reading. */
    static final int MAX_LENGTH = 600;

    private SafeText() {}

    /** Cut to {@link #MAX_LENGTH}; a question mark for what does not print or steers what prints. */
    public static String of(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().limit(MAX_LENGTH).map(c -> prints(c) ? c : '?').forEach(safe::appendCodePoint);
        return safe.toString();
    }

    /** Whether a terminal shows it, and does nothing else. */
    public static boolean prints(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
