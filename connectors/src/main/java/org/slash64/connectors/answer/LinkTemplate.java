package org.slash64.connectors.answer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a page that tells the refused why, with a place for what is listed: {@code https://example.org/why?s={subject}}.
 *
 * @param text an http or https URL in printable ASCII that names {@link #SUBJECT} once
 */
public record LinkTemplate(String text) {

    /** What a subject takes the place of. */
    public static final String SUBJECT = "{subject}";

    /** Leaves room for a reason beside it in a TXT record and in one line of an SMTP reply. */
    public static final int MAX_TEXT = 120;

    /** Characters of URLs (RFC 3986) that mean nothing to a zone file, a lookup table or a header field. */
    private static final String PLAIN = "-._~:/?#@!&*+,;=%{}";

    /** Characters that stand for themselves in a query (RFC 3986 section 3.4). */
    private static final String UNESCAPED = "-._~:/";

    public LinkTemplate {
        if (!isLink(text)) {
            throw new IllegalArgumentException("no http or https URL with " + SUBJECT + " in it");
        }
    }

    /** Reads a template; empty where the text is none. */
    public static Optional<LinkTemplate> parse(String text) {
        return isLink(text) ? Optional.of(new LinkTemplate(text)) : Optional.empty();
    }

    private static boolean isLink(String text) {
        int place = text.indexOf(SUBJECT);
        return text.length() <= MAX_TEXT
                && (text.startsWith("https://") || text.startsWith("http://"))
                && place >= 0
                && text.replace(SUBJECT, "").indexOf('{') < 0
                && text.replace(SUBJECT, "").indexOf('}') < 0
                && place == text.lastIndexOf(SUBJECT)
                && text.chars().allMatch(c -> isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
    }

    /** The link for a prefix, an address or a domain. */
    public String of(String subject) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : subject.getBytes(StandardCharsets.UTF_8)) {
            if (isLetterOrDigit(octet) || UNESCAPED.indexOf(octet) >= 0) {
                escaped.append((char) octet);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        return text.replace(SUBJECT, escaped);
    }

    private static boolean isLetterOrDigit(int c) {
        return c > 0 && c < 128 && Character.isLetterOrDigit(c);
    }

    @Override
    public String toString() {
        return text;
    }
}
