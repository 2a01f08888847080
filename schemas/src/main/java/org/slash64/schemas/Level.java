package org.slash64.schemas;

import java.util.Arrays;
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
            String name = (prefix.address().v6() ? "IPV6_" : "IPV4_") + prefix.length();
            return Arrays.stream(values())
                    .filter(level -> level.name().equals(name))
                    .findFirst();
        }
        return Optional.of(DOMAIN);
    }
}
