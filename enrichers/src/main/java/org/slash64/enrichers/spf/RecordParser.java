package org.slash64.enrichers.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.Address;

/** Reads records: RFC 7208 sections 4.6.1, 5 and 6. One pass over the text, whatever it holds. */
final class RecordParser {
    /** RFC 7208 section 4.5, in any case (RFC 5234 section 2.3). */
    private static final String VERSION = "v=spf1";

    /** Text of a record that is repeated in reasons. */
    private static final int MAX_QUOTED = 100;

    private final List<Directive> directives = new ArrayList<>();
    private Optional<MacroString> redirect = Optional.empty();
    private Optional<MacroString> explanation = Optional.empty();

    private RecordParser() {}

    /** Whether a text is an SPF record, well-formed or not: RFC 7208 section 4.5. */
    static boolean isSpf(String text) {
        return text.regionMatches(true, 0, VERSION, 0, VERSION.length())
                && (text.length() == VERSION.length() || text.charAt(VERSION.length()) == ' ');
    }

    /** Reads a text that {@link #isSpf} is true of. */
    static ParsedRecord parse(String text) {
        RecordParser parser = new RecordParser();
        try {
            parser.terms(text);
            return new ParsedRecord.Valid(new SpfRecord(parser.directives, parser.redirect, parser.explanation));
        } catch (SyntaxException e) {
            return new ParsedRecord.Invalid(Ascii.printable(e.getMessage(), 2 * MAX_QUOTED));
        }
    }

    private void terms(String text) throws SyntaxException {
        int from = VERSION.length();
        while (from < text.length()) {
            int space = text.indexOf(' ', from);
            int to = space < 0 ? text.length() : space;
            if (to > from) {
                term(text.substring(from, to));
            }
            from = to + 1;
        }
    }

    private void term(String term) throws SyntaxException {
        int nameEnd = 0;
        while (nameEnd < term.length() && isNameCharacter(term.charAt(nameEnd))) {
            nameEnd++;
        }
        if (nameEnd < term.length() && term.charAt(nameEnd) == '=') {
            modifier(term, term.substring(0, nameEnd).toLowerCase(Locale.ROOT), term.substring(nameEnd + 1));
        } else {
            directives.add(directive(term));
        }
    }

    /** RFC 7208 section 4.6.1: of the name of a modifier. */
    private static boolean isNameCharacter(char c) {
        return Ascii.isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
    }

    private void modifier(String term, String name, String value) throws SyntaxException {
        if (name.isEmpty() || !Ascii.isAlpha(name.charAt(0))) {
            throw malformed(term);
        }
        switch (name) {
            case "redirect" -> redirect = once(redirect, term, value);
            case "exp" -> explanation = once(explanation, term, value);
            default -> MacroParser.checkUnknown(value);
        }
    }

    private static Optional<MacroString> once(Optional<MacroString> before, String term, String value)
            throws SyntaxException {
        if (before.isPresent()) {
            throw new SyntaxException("a second " + quoted(term));
        }
        return Optional.of(MacroParser.domainSpec(value));
    }

    private static Directive directive(String term) throws SyntaxException {
        Optional<Qualifier> qualifier = qualifier(term.charAt(0));
        String text = qualifier.isPresent() ? term.substring(1) : term;
        return new Directive(qualifier.orElse(Qualifier.PASS), mechanism(term, text), term);
    }

    private static Optional<Qualifier> qualifier(char c) {
        return switch (c) {
            case '+' -> Optional.of(Qualifier.PASS);
            case '-' -> Optional.of(Qualifier.FAIL);
            case '~' -> Optional.of(Qualifier.SOFTFAIL);
            case '?' -> Optional.of(Qualifier.NEUTRAL);
            default -> Optional.empty();
        };
    }

    private static Mechanism mechanism(String term, String text) throws SyntaxException {
        int end = 0;
        while (end < text.length() && Ascii.isAlphanumeric(text.charAt(end))) {
            end++;
        }
        String rest = text.substring(end);
        return switch (text.substring(0, end).toLowerCase(Locale.ROOT)) {
            case "all" -> all(term, rest);
            case "include" -> new Mechanism.Include(MacroParser.domainSpec(argument(term, rest)));
            case "exists" -> new Mechanism.Exists(MacroParser.domainSpec(argument(term, rest)));
            case "ptr" -> new Mechanism.Ptr(target(term, rest));
            case "a" -> a(term, rest);
            case "mx" -> mx(term, rest);
            case "ip4" -> ip4(term, argument(term, rest));
            case "ip6" -> ip6(term, argument(term, rest));
            default -> throw new SyntaxException("an unknown mechanism: " + quoted(term));
        };
    }

    private static Mechanism all(String term, String rest) throws SyntaxException {
        if (!rest.isEmpty()) {
            throw malformed(term);
        }
        return new Mechanism.All();
    }

    private static String argument(String term, String rest) throws SyntaxException {
        if (!rest.startsWith(":")) {
            throw malformed(term);
        }
        return rest.substring(1);
    }

    private static Optional<MacroString> target(String term, String rest) throws SyntaxException {
        return rest.isEmpty() ? Optional.empty() : Optional.of(MacroParser.domainSpec(argument(term, rest)));
    }

    private static Mechanism a(String term, String rest) throws SyntaxException {
        Prefixes prefixes = Prefixes.of(term, rest);
        return new Mechanism.A(target(term, prefixes.rest()), prefixes.prefix4(), prefixes.prefix6());
    }

    private static Mechanism mx(String term, String rest) throws SyntaxException {
        Prefixes prefixes = Prefixes.of(term, rest);
        return new Mechanism.Mx(target(term, prefixes.rest()), prefixes.prefix4(), prefixes.prefix6());
    }

    private static Mechanism ip4(String term, String argument) throws SyntaxException {
        int slash = argument.indexOf('/');
        String address = slash < 0 ? argument : argument.substring(0, slash);
        int prefix = slash < 0 ? Network.BITS_4 : Prefixes.length(term, argument.substring(slash + 1), Network.BITS_4);
        return new Mechanism.Ip(Network.of4(quad(term, address), prefix));
    }

    private static int quad(String term, String address) throws SyntaxException {
        int value = 0;
        int from = 0;
        for (int i = 0; i < 4; i++) {
            int dot = i == 3 ? address.length() : address.indexOf('.', from);
            if (dot < 0) {
                throw malformed(term);
            }
            value = value << 8 | Prefixes.length(term, address.substring(from, dot), 0xff);
            from = dot + 1;
        }
        return value;
    }

    private static Mechanism ip6(String term, String argument) throws SyntaxException {
        int slash = argument.indexOf('/');
        String address = slash < 0 ? argument : argument.substring(0, slash);
        int prefix = slash < 0 ? Network.BITS_6 : Prefixes.length(term, argument.substring(slash + 1), Network.BITS_6);
        byte[] bytes = isStrict(address) ? Address.toByteArray(address, Address.IPv6) : null;
        if (bytes == null) {
            throw malformed(term);
        }
        return new Mechanism.Ip(Network.of6(half(bytes, 0), half(bytes, 8), prefix));
    }

    private static long half(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    /** RFC 4291 section 2.2: what dnsjava's reader takes besides is signs and words of five digits. */
    private static boolean isStrict(String address) {
        int digits = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            boolean hex = Ascii.isDigit(c) || (Character.toLowerCase(c) >= 'a' && Character.toLowerCase(c) <= 'f');
            digits = hex ? digits + 1 : 0;
            if (digits > 4 || !(hex || c == ':' || c == '.') || c > 0x7f) {
                return false;
            }
        }
        return true;
    }

    static SyntaxException malformed(String term) {
        return new SyntaxException("malformed: " + quoted(term));
    }

    private static String quoted(String term) {
        return "\"" + (term.length() > MAX_QUOTED ? term.substring(0, MAX_QUOTED) + "..." : term) + "\"";
    }
}
