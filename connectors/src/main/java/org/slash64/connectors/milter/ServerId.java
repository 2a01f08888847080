package org.slash64.connectors.milter;

import java.util.Locale;
import java.util.Optional;
import org.slash64.connectors.log.HeaderComments;

/**
 * Reads who is said to have written an Authentication-Results field: its authserv-id (RFC 8601 section 2.2), a token or a
 * quoted string with comments and folds around it.
 */
final class ServerId {

    private final String text;
    private int at;

    private ServerId(String text) {
        this.text = text;
    }

    /**
     * Whether a field claims to be of this server. One that cannot be read is, where it names the server at all: others
     * may read it some way.
     */
    static boolean claims(String value, String ownId) {
        return new ServerId(value)
                .read()
                .map(id -> withoutDot(id).equalsIgnoreCase(ownId))
                .orElseGet(() -> value.toLowerCase(Locale.ROOT).contains(ownId.toLowerCase(Locale.ROOT)));
    }

    private static String withoutDot(String id) {
        return id.endsWith(".") ? id.substring(0, id.length() - 1) : id;
    }

    private Optional<String> read() {
        if (!skipSpaceAndComments() || at == text.length()) {
            return Optional.empty();
        }
        return text.charAt(at) == '"' ? quoted() : token();
    }

    /** False where a comment does not end. */
    private boolean skipSpaceAndComments() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                at = HeaderComments.end(text, at);
                if (at < 0) {
                    return false;
                }
            } else if (c <= ' ') {
                at++;
            } else {
                return true;
            }
        }
        return true;
    }

    private Optional<String> quoted() {
        StringBuilder id = new StringBuilder();
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return Optional.of(id.toString().strip());
            }
            if (c == '\\' && i + 1 < text.length()) {
                c = text.charAt(++i);
            }
            id.append(c);
        }
        return Optional.empty();
    }

    /** What ends a token is what parts the id from the results, or a space. */
    private Optional<String> token() {
        int start = at;
        while (at < text.length() && text.charAt(at) > ' ' && ";(\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        boolean readable = at > start && (at == text.length() || text.charAt(at) != '"');
        return readable ? Optional.of(text.substring(start, at)) : Optional.empty();
    }
}
