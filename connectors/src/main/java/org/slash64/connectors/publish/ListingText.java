package org.slash64.connectors.publish;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.slash64.connectors.answer.LinkTemplate;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Subject;

/**
 * What a refused client's postmaster reads: the subject, how long it is listed, why, and a link. One line of printable ASCII in
 * which no zone file nor lookup table sees a command: reasons have words of strangers in them.
 *
 * @param link where more is said; empty for nowhere
 */
public record ListingText(Optional<LinkTemplate> link) {

    /** A character-string of a TXT record holds no more (RFC 1035 section 3.3). */
    public static final int MAX_BYTES = 255;

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** The text, in at most {@link #MAX_BYTES}: the reason is cut, not the link; one that leaves no room is left out. */
    public String of(Subject subject, Listing listing) {
        String start = subject + " listed until " + DAY_AND_TIME.format(listing.getExpires()) + ": ";
        String end = link.map(template -> " " + template.of(subject.toString()))
                .filter(text -> start.length() + text.length() <= MAX_BYTES)
                .orElse("");
        StringBuilder text = new StringBuilder(MAX_BYTES).append(start);
        appendSafe(text, listing.getReason(), MAX_BYTES - start.length() - end.length());
        text.append(end).setLength(Math.min(text.length(), MAX_BYTES));
        return text.toString();
    }

    private static void appendSafe(StringBuilder text, String reason, int most) {
        for (int i = 0; i < reason.length() && i < most; i++) {
            char c = reason.charAt(i);
            text.append(c < ' ' || c > '~' || c == '$' || c == '\\' ? '?' : c);
        }
    }
}
