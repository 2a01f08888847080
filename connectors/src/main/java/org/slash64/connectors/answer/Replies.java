package org.slash64.connectors.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients are told. */
final class Replies {

    /** RFC 5321 section 4.5.3.1.5: 512 octets with codes and line end. */
    private static final int MAX_TEXT = 490;

    /** RFC 5322 section 2.1.1: 998 characters with the name of the field. */
    private static final int MAX_FIELD = 900;

    private final Optional<LinkTemplate> link;

    /** @param link to where people read more */
    Replies(Optional<LinkTemplate> link) {
        this.link = link;
    }

    /** Refuses for good. */
    Answer.Reply permanent(Found found) {
        Ground ground = found.ground();
        return new Answer.Reply(ground.code(), "5." + ground.detail(), text(found));
    }

    /** Refuses for now. */
    Answer.Reply temporary(Found found, int code) {
        return new Answer.Reply(code, "4." + found.ground().detail(), text(found));
    }

    /** The word slash64 stands first, and no bracket behind it, by which refusals of our own are known in logs. */
    private String text(Found found) {
        String see = link.flatMap(
                        template -> found.subject().map(subject -> ", see " + template.of(subject.toString())))
                .orElse("");
        String words = plain("slash64: " + found.words());
        return words.substring(0, Math.min(words.length(), MAX_TEXT - see.length())) + see;
    }

    /** The value of a header field that tells all that was found. */
    static String mark(List<Found> found) {
        String value = found.stream()
                .map(one -> one.ground().text() + " (" + plain(one.words()) + ")")
                .distinct()
                .collect(Collectors.joining("; "));
        return value.substring(0, Math.min(value.length(), MAX_FIELD));
    }

    /** Printable ASCII without brackets, since reasons may quote what clients said. */
    static String plain(String words) {
        StringBuilder plain = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            plain.append(c < ' ' || c > '~' || "<>[]".indexOf(c) >= 0 ? '?' : c);
        }
        return plain.toString();
    }
}
