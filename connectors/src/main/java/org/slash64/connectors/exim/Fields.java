package org.slash64.connectors.exim;

import java.util.EnumMap;
import java.util.Map;
import org.slash64.connectors.log.SafeText;

/**
 * The fields behind a client, up to the first word that is none. Where a client could choose the text of one field so that
 * it looks like others, those that Exim writes later count.
 */
final class Fields {

    private static final String FROM = " from <";
    private static final String FOR = " for ";
    private static final int MAX_RECIPIENTS = 100_000;

    private final Map<Field, String> values = new EnumMap<>(Field.class);
    private final String text;
    private int at;
    private int recipients;
    private String recipient;
    private boolean authenticated;

    private Fields(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Reads from the blank at {@code start}. */
    static Fields at(String text, int start) {
        Fields fields = new Fields(text, start);
        while (fields.next()) {
            // each call reads one
        }
        return fields;
    }

    /** Behind the last field. */
    int end() {
        return at;
    }

    /** The value made safe, or null. */
    String get(Field field) {
        String value = values.get(field);
        return value == null ? null : SafeText.of(value);
    }

    /** The authenticator, without the name of the user; null where none was logged. */
    String authenticator() {
        String logged = get(Field.AUTHENTICATOR);
        int colon = logged == null ? -1 : logged.indexOf(':');
        return colon < 0 ? logged : logged.substring(0, colon);
    }

    /** True where the authenticator stands behind the sender, as in refusals; what clients choose stands before. */
    boolean isAuthenticatedSender() {
        return authenticated;
    }

    /** The number of recipients, 0 where they were not logged. */
    int recipients() {
        return recipients;
    }

    /** The recipient where it is the only one, or null. */
    String onlyRecipient() {
        return recipients == 1 ? SafeText.of(recipient) : null;
    }

    private boolean next() {
        if (!text.startsWith(" ", at)) {
            return false;
        }
        if (text.startsWith(FROM, at)) {
            return skipTo(Text.closing(text, at + FROM.length()));
        }
        if (text.startsWith(FOR, at)) {
            return readRecipients();
        }
        int word = at + 1;
        int end = Text.wordEnd(text, word);
        int equals = text.indexOf('=', word);
        Field field = equals < 0 || equals > end ? null : Field.at(text, word, equals);
        if (field != null) {
            return read(field, equals + 1);
        }
        boolean flag = Field.isFlag(text, word, end);
        at = flag ? end : at;
        return flag;
    }

    private boolean skipTo(int last) {
        if (last < 0) {
            return false;
        }
        at = last + 1;
        return true;
    }

    private boolean read(Field field, int start) {
        int end = valueEnd(field.form(), start);
        if (end < start) {
            return false;
        }
        boolean enclosed =
                end > start + 1 && "\"<".indexOf(text.charAt(start)) >= 0 && field.form() != Field.Form.ADDRESS;
        values.put(field, enclosed ? text.substring(start + 1, end - 1) : text.substring(start, end));
        authenticated = field == Field.AUTHENTICATOR
                ? values.containsKey(Field.SENDER)
                : authenticated && field != Field.SENDER;
        at = end;
        return true;
    }

    private int valueEnd(Field.Form form, int start) {
        return switch (form) {
            case WORD -> trimmed(Text.wordEnd(text, start));
            case ADDRESS -> Text.addressEnd(text, start);
            case QUOTED -> text.startsWith("\"", start) ? quotedEnd(start) : Text.wordEnd(text, start);
            case BRACKETED ->
                text.startsWith("<", start) ? Text.closing(text, start + 1) + 1 : Text.addressEnd(text, start);
        };
    }

    /** A colon goes on with the statement: {@code I=[192.0.2.1]:25: 535 …}. */
    private int trimmed(int end) {
        return text.startsWith(":", end - 1) ? end - 1 : end;
    }

    /** Quotes within a subject are escaped, those within a certificate's name are not. */
    private int quotedEnd(int start) {
        int quote = Text.quoteEnd(text, start + 1);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) != ' ') {
            quote = Text.quoteEnd(text, quote + 1);
        }
        return quote + 1;
    }

    /** The list ends the line. */
    private boolean readRecipients() {
        int start = at + FOR.length();
        while (start < text.length() && recipients < MAX_RECIPIENTS) {
            int end = Text.addressEnd(text, start);
            recipient = recipients == 0 ? text.substring(start, end) : recipient;
            recipients++;
            start = end + 1;
        }
        at = text.length();
        return false;
    }
}
