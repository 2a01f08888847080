package org.slash64.enrichers.dkim;

import java.util.Optional;

/** How fields and bodies are made comparable, RFC 6376 section 3.4. */
enum Canonicalization {
    SIMPLE("simple"),
    RELAXED("relaxed");

    private final String text;

    Canonicalization(String text) {
        this.text = text;
    }

    static Optional<Canonicalization> of(String text) {
        for (Canonicalization canonicalization : values()) {
            if (canonicalization.text.equals(text)) {
                return Optional.of(canonicalization);
            }
        }
        return Optional.empty();
    }

    /** A field without the CRLF at its end. */
    String canonicalize(HeaderField field) {
        return switch (this) {
            case SIMPLE -> field.raw();
            case RELAXED -> field.name() + ":" + relax(field.value());
        };
    }

    /** Unfolded, runs of white space as one space, none at the ends (RFC 6376 section 3.4.2). */
    private static String relax(String value) {
        StringBuilder relaxed = new StringBuilder(value.length());
        boolean space = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Text.isWsp(c)) {
                space = true;
            } else if (value.startsWith("\r\n", i)) {
                i++; // a field has line ends where it is folded, and white space follows
            } else {
                if (space && relaxed.length() > 0) {
                    relaxed.append(' ');
                }
                space = false;
                relaxed.append(c);
            }
        }
        return relaxed.toString();
    }
}
