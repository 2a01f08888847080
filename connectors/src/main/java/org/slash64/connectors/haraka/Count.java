package org.slash64.connectors.haraka;

/**
 * {@code 1/0/2}: how many were accepted, put off and refused.
 *
 * @param accepted their number
 * @param failed the other two together
 */
record Count(int accepted, int failed) {

    private static final int MAX_DIGITS = 18;
    private static final long MAX_COUNT = 1_000_000;

    /** The counts, or null where the text is none. */
    static Count of(String text) {
        int first = text == null ? -1 : text.indexOf('/');
        int second = first < 0 ? -1 : text.indexOf('/', first + 1);
        if (second < 0) {
            return null;
        }
        Long accepted = parse(text.substring(0, first));
        Long deferred = parse(text.substring(first + 1, second));
        Long refused = parse(text.substring(second + 1));
        boolean whole = accepted != null && deferred != null && refused != null;
        boolean sane = whole && accepted <= MAX_COUNT && deferred <= MAX_COUNT && refused <= MAX_COUNT;
        return sane ? new Count(accepted.intValue(), (int) (deferred + refused)) : null;
    }

    /** The number, or null where the text is none or null. */
    static Long parse(String text) {
        boolean number = text != null && !text.isEmpty() && text.length() <= MAX_DIGITS;
        for (int i = 0; number && i < text.length(); i++) {
            number = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return number ? Long.valueOf(text) : null;
    }
}
