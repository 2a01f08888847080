package org.slash64.enrichers.domain;

/** Text of strangers, made safe for logs and terminals. */
final class Printable {
    private Printable() {}

    /** Cut to the length of a name; a question mark for each character that does not print or steers what prints. */
    static String of(String text) {
        if (text.length() <= DomainName.MAX_NAME && isPlain(text)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && safe.length() < DomainName.MAX_NAME; ) {
            int c = text.codePointAt(i);
            safe.append(prints(c) ? Character.toString(c) : "?");
            i += Character.charCount(c);
        }
        return safe.toString();
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private static boolean prints(int c) {
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
