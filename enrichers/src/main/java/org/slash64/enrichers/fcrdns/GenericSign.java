package org.slash64.enrichers.fcrdns;

import com.google.common.collect.ImmutableSet;
import java.util.Optional;

/** What makes a name look as if its network gave it to whoever has the address. */
public enum GenericSign {
    /** The client's address is in it. */
    ADDRESS(ImmutableSet.of(), "the address"),
    /** A word for addresses that change hands. */
    DYNAMIC(
            ImmutableSet.of(
                    "dhcp", "dial", "dialin", "dialup", "dyn", "dynamic", "dynip", "pool", "pools", "ppp", "pppoe"),
            "a word for dynamic addresses"),
    /** A word for the access lines of end users. */
    ACCESS(
            ImmutableSet.of("adsl", "broadband", "cable", "catv", "dsl", "ftth", "sdsl", "vdsl", "wimax", "xdsl"),
            "a word for access lines"),
    /** A word for customers. */
    CUSTOMER(
            ImmutableSet.of("cust", "customer", "customers", "residential", "subscriber", "subscribers"),
            "a word for customers"),
    /**
     * A word for addresses that stay: a hint the other way, since a server may well live there. It makes no name generic,
     * and none that is generic otherwise less so.
     */
    STATIC(ImmutableSet.of("static"), "a word for static addresses");

    private final ImmutableSet<String> words;
    private final String text;

    GenericSign(ImmutableSet<String> words, String text) {
        this.words = words;
        this.text = text;
    }

    /** The sign in words for people. */
    String text() {
        return text;
    }

    /** What a word in lower case is a sign of. */
    static Optional<GenericSign> of(String word) {
        for (GenericSign sign : values()) {
            if (sign.words.contains(word)) {
                return Optional.of(sign);
            }
        }
        return Optional.empty();
    }
}
