package org.slash64.schemas;

import java.util.Optional;

/** What is counted and decided on: prefixes of certain lengths, and domains. */
public enum Level {
    IPV6_64("64"),
    IPV6_56("56"),
    IPV6_48("48"),
    IPV4_32("32"),
    IPV4_24("24"),
    DOMAIN("domain");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    /** As configurations write it: the prefix length, or {@code domain}. */
    public String text() {
        return text;
    }

    /** The level of a subject; empty for a prefix of a length that is not counted. */
    public static Optional<Level> of(Subject subject) {
        if (subject instanceof Prefix prefix) {
            return Optional.ofNullable(prefix.address().v6() ? ofV6(prefix.length()) : ofV4(prefix.length()));
        }
        return Optional.of(DOMAIN);
    }

    private static Level ofV6(int length) {
        return switch (length) {
            case 64 -> IPV6_64;
            case 56 -> IPV6_56;
            case 48 -> IPV6_48;
            default -> null;
        };
    }

    private static Level ofV4(int length) {
        return switch (length) {
            case 32 -> IPV4_32;
            case 24 -> IPV4_24;
            default -> null;
        };
    }
}
