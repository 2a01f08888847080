package org.slash64.enrichers.domain;

import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * A name as somebody gave it, read.
 *
 * @param kind what the text is
 * @param ascii the name in lower case and A-labels, without the dot at the end; empty where it is no name
 * @param reason why it is no name, in words for people and safe to print; empty where it is one
 */
public record DomainName(Kind kind, String ascii, String reason) {
    /** Longer text is no name: the 253 characters of a name, and room for what IDNA maps to fewer. */
    public static final int MAX_TEXT = 512;
    /** RFC 1035 section 2.3.4: 255 octets on the wire are 253 characters. */
    static final int MAX_NAME = 253;
    /** RFC 1035 section 2.3.4. */
    static final int MAX_LABEL = 63;

    private static final String A_LABEL = "xn--";

    /** What a text is. */
    public enum Kind {
        /** A host name or mail domain: letters, digits and hyphens (RFC 5321 section 4.1.2). */
        DOMAIN,
        /** A name that DNS knows (RFC 8552) and RFC 5321 does not, because of an underscore. */
        UNDERSCORE,
        /** An address in brackets, as HELO and addresses may have in a domain's place (RFC 5321 section 4.1.3). */
        ADDRESS_LITERAL,
        /** None of these. */
        INVALID
    }

    /** Reads any text; {@code .} at the end is taken for the root. */
    public static DomainName parse(String text) {
        if (text.length() > MAX_TEXT) {
            return invalid("longer than " + MAX_TEXT + " characters");
        }
        if (text.startsWith("[")) {
            return AddressLiteral.isOne(text)
                    ? new DomainName(Kind.ADDRESS_LITERAL, "", "an address in brackets")
                    : invalid("no address in the brackets");
        }
        Optional<String> ascii = ascii(text);
        return ascii.isPresent() ? check(withoutRoot(ascii.get())) : invalid("a label that IDNA does not allow");
    }

    /** Whether DNS can be asked for it. */
    public boolean isName() {
        return switch (kind) {
            case DOMAIN, UNDERSCORE -> true;
            case ADDRESS_LITERAL, INVALID -> false;
        };
    }

    /** The name for dnsjava; only of a {@linkplain #isName() name}. */
    Name toName() {
        return Name.fromConstantString(ascii + ".");
    }

    /** Whether it has more than one label. */
    boolean isMultiLabel() {
        return ascii.indexOf('.') > 0;
    }

    private static DomainName invalid(String reason) {
        return new DomainName(Kind.INVALID, "", reason);
    }

    private static String withoutRoot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static Optional<String> ascii(String text) {
        if (!isAscii(text)) {
            return Idna.toAscii(withoutRoot(text));
        }
        String lower = text.toLowerCase(Locale.ROOT);
        boolean encoded = lower.startsWith(A_LABEL) || lower.contains("." + A_LABEL);
        return encoded ? Idna.toAscii(withoutRoot(lower)) : Optional.of(lower);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static DomainName check(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return invalid(name.isEmpty() ? "no label" : "longer than " + MAX_NAME + " characters in ASCII");
        }
        boolean underscore = false;
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '.' : name.charAt(i);
            if (c == '.') {
                String flaw = flawOfLabel(name, start, i);
                if (!flaw.isEmpty()) {
                    return invalid(flaw);
                }
                start = i + 1;
            } else if (c == '_') {
                underscore = true;
            } else if (!isLetterDigitHyphen(c)) {
                return invalid("a character that is no letter, digit or hyphen");
            }
        }
        return isNumber(name, name.lastIndexOf('.') + 1)
                ? invalid("the last label is a number")
                : new DomainName(underscore ? Kind.UNDERSCORE : Kind.DOMAIN, name, "");
    }

    private static String flawOfLabel(String name, int start, int end) {
        if (start == end) {
            return "an empty label";
        }
        if (end - start > MAX_LABEL) {
            return "a label longer than " + MAX_LABEL + " characters";
        }
        return name.charAt(start) == '-' || name.charAt(end - 1) == '-' ? "a label with a hyphen at an end" : "";
    }

    private static boolean isLetterDigitHyphen(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    /** RFC 3696 section 2: so a name cannot be taken for an IPv4 address, nor an address for a name. */
    private static boolean isNumber(String name, int start) {
        for (int i = start; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
