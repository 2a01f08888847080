package org.slash64.connectors.milter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Header fields of a message that only this server may write: its own Authentication-Results (RFC 8601 section 5), and the
 * fields of slash64.
 */
final class Forged {

    static final String RESULTS = "Authentication-Results";

    /** What names of our fields begin with, in lower case. */
    static final String OWN_PREFIX = "x-slash64";

    /** About what is kept for one, and what is sent to have it removed. */
    static final int BYTES_EACH = 128;

    /** RFC 5322 section 2.1.1; a longer name is no name of ours. */
    private static final int MAX_NAME = 78;

    /** A field by its name and its place among those of the name, from 1. */
    record Field(String name, int index) {}

    private final Optional<String> ownId;
    private final Map<String, Integer> seen = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();

    /** With the authserv-id of this server; without one no results are looked at. */
    Forged(Optional<String> ownId) {
        this.ownId = ownId;
    }

    /** Takes the next header field, and tells whether it is forged. White space may stand before its colon. */
    boolean take(String writtenName, String value) {
        String name = writtenName.strip();
        boolean results = ownId.isPresent() && name.equalsIgnoreCase(RESULTS);
        if (!results && !isOurs(name)) {
            return false;
        }
        int index = seen.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
        boolean forged = !results || ServerId.claims(value, ownId.get());
        if (forged) {
            fields.add(new Field(name, index));
        }
        return forged;
    }

    private static boolean isOurs(String name) {
        return name.length() <= MAX_NAME && name.regionMatches(true, 0, OWN_PREFIX, 0, OWN_PREFIX.length());
    }

    /** Has them removed, from the bottom up: so the places of those above stay, whether the removed ones count or not. */
    void remove(Replies replies) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            replies.removeHeader(fields.get(i).name(), fields.get(i).index());
        }
    }
}
