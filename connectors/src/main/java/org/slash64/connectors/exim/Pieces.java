package org.slash64.connectors.exim;

import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact.Piece;

/**
 * Long lines in syslog: {@code [1/5] text}, and {@code [2\5] text} where the text has a line feed behind the piece. Exim cuts
 * them at 870 bytes.
 */
final class Pieces {

    private static final int MAX_DIGITS = 3;

    private Pieces() {}

    /** The piece, or null where the line is whole. */
    static Piece parse(String text) {
        int slash = text.startsWith("[") ? Text.digitsEnd(text, 1) : 0;
        int close = slash > 1 && slash < text.length() ? Text.digitsEnd(text, slash + 1) : 0;
        boolean numbered = close > slash + 1 && slash <= 1 + MAX_DIGITS && close - slash <= 1 + MAX_DIGITS;
        if (!numbered || !text.startsWith("] ", close)) {
            return null;
        }
        char separator = text.charAt(slash);
        if (separator != '/' && separator != '\\') {
            return null;
        }
        int index = Integer.parseInt(text, 1, slash, 10);
        int count = Integer.parseInt(text, slash + 1, close, 10);
        return index < 1 || index > count
                ? null
                : new Piece(index, count, SafeText.of(text.substring(close + 2)), separator == '\\');
    }
}
