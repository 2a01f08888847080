package org.slash64.connectors.allowlist;

import java.util.Optional;
import org.slash64.schemas.Address;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/** What an entry may be: a prefix, a single address, or a domain. */
final class AllowedText {

    /** Enough to find the place by; the line may be a thousand characters of anything. */
    private static final int MOST_SHOWN = 80;

    private AllowedText() {}

    /**
     * Reads an entry; a single address is the prefix of its full length.
     *
     * @throws IllegalArgumentException saying what is wrong and what to write instead
     */
    static Subject parse(String text) {
        if (text.indexOf('/') >= 0) {
            return Prefix.parse(text).orElseThrow(() -> wrong(text, wrongPrefix(text)));
        }
        Optional<Subject> address = Address.parse(text)
                .map(single -> Prefix.of(single, single.bits()))
                .map(Subject.class::cast);
        return address.or(() -> Domain.parse(text)).orElseThrow(() -> wrong(text, wrongWord(text)));
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException('"' + shown(text) + "\" " + why);
    }

    private static String wrongPrefix(String text) {
        int slash = text.indexOf('/');
        Optional<Address> address = Address.parse(text.substring(0, slash));
        if (address.isEmpty()) {
            return "is no prefix; write one such as 2001:db8::/32 or 192.0.2.0/24";
        }
        return length(text.substring(slash + 1), address.get().bits())
                .map(length -> "has host bits; write " + Prefix.of(address.get(), length))
                .orElseGet(
                        () -> "has no such length; write 0 to " + address.get().bits());
    }

    private static Optional<Integer> length(String digits, int most) {
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.valueOf(digits)).filter(length -> length <= most) : Optional.empty();
    }

    private static String wrongWord(String text) {
        return text.chars().anyMatch(Character::isWhitespace)
                ? "is more than one word; write one entry a line, and what is said about it after a #"
                : "is no prefix, address or domain; write such as 2001:db8::/32, 192.0.2.7 or example.org";
    }

    /** As messages may have it: cut, and without what could pass for something else. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.chars().limit(MOST_SHOWN).map(c -> c < ' ' || c > '~' ? '?' : c).forEach(c -> shown.append((char) c));
        return text.length() > MOST_SHOWN ? shown.append("...").toString() : shown.toString();
    }
}
