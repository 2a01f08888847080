package org.slash64.connectors.log;

/** Texts of a log made safe to hand on. */
public final class SafeText {

    /** The longest text of an event, as the event's schema promises. */
    public static final int MAX_CHARACTERS = 1_000;

    private SafeText() {}

    /** At most {@link #MAX_CHARACTERS} characters; control characters become question marks, as Postfix does it. */
    public static String of(String text) {
        String cut = text.length() > MAX_CHARACTERS ? text.substring(0, cutAt(text)) : text;
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isISOControl(cut.charAt(i))) {
                return withoutControls(cut);
            }
        }
        return cut;
    }

    private static int cutAt(String text) {
        return Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? MAX_CHARACTERS - 1 : MAX_CHARACTERS;
    }

    private static String withoutControls(String text) {
        StringBuilder clean = new StringBuilder(text);
        for (int i = 0; i < clean.length(); i++) {
            if (Character.isISOControl(clean.charAt(i))) {
                clean.setCharAt(i, '?');
            }
        }
        return clean.toString();
    }
}
