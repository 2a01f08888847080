package org.slash64.enrichers.spf;

import java.util.ArrayList;
import java.util.List;

/** Reads macro-strings: RFC 7208 section 7.1. One pass over the text. */
final class MacroParser {
    private static final String LETTERS = "slodiphv";
    /** RFC 7208 section 7.2: in explanations alone. */
    private static final String EXPLANATION_LETTERS = "crt";

    private static final String DELIMITERS = ".-+,/_=";
    /** No value has as many parts. */
    private static final int MAX_KEEP = 1_000_000;

    private final String text;
    private final String letters;
    private final boolean spaces;
    private final List<MacroPart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    /** Where the last macro-expand ends. */
    private int expandedTo;

    private MacroParser(String text, String letters, boolean spaces) {
        this.text = text;
        this.letters = letters;
        this.spaces = spaces;
    }

    /** Reads a target. */
    static MacroString domainSpec(String text) throws SyntaxException {
        MacroParser parser = new MacroParser(text, LETTERS, false);
        MacroString read = parser.read();
        parser.checkEnd();
        return read;
    }

    /** Reads the text of an explanation: RFC 7208 section 6.2. */
    static MacroString explanation(String text) throws SyntaxException {
        return new MacroParser(text, LETTERS + EXPLANATION_LETTERS, true).read();
    }

    /** Checks the value of a modifier that means nothing here: RFC 7208 section 6. */
    static void checkUnknown(String text) throws SyntaxException {
        new MacroParser(text, LETTERS + EXPLANATION_LETTERS, false).read();
    }

    private MacroString read() throws SyntaxException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%') {
                expand();
                expandedTo = at;
            } else if (Ascii.isVisible(c) || (c == ' ' && spaces)) {
                literal.append(c);
                at++;
            } else {
                throw new SyntaxException("a character that may not be there in \"" + text + "\"");
            }
        }
        endLiteral();
        return new MacroString(parts);
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            parts.add(new MacroPart.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private void expand() throws SyntaxException {
        char c = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        at += 2;
        switch (c) {
            case '%' -> literal.append('%');
            case '_' -> literal.append(' ');
            case '-' -> literal.append("%20");
            case '{' -> macro();
            default -> throw malformed();
        }
    }

    private SyntaxException malformed() {
        return new SyntaxException("a malformed macro in \"" + text + "\"");
    }

    private void macro() throws SyntaxException {
        endLiteral();
        char letter = next();
        char lower = Character.toLowerCase(letter);
        if (letters.indexOf(lower) < 0) {
            throw new SyntaxException("macro letter " + letter + " in \"" + text + "\"");
        }
        int keep = digits();
        boolean reversed = at < text.length() && Character.toLowerCase(text.charAt(at)) == 'r';
        at += reversed ? 1 : 0;
        parts.add(new MacroPart.Macro(lower, letter != lower, keep, reversed, delimiters()));
    }

    private char next() throws SyntaxException {
        if (at >= text.length() || !Ascii.isAlpha(text.charAt(at))) {
            throw malformed();
        }
        return text.charAt(at++);
    }

    /** How many parts to keep; RFC 7208 section 7.3: not zero. */
    private int digits() throws SyntaxException {
        int from = at;
        int value = 0;
        while (at < text.length() && Ascii.isDigit(text.charAt(at))) {
            value = Math.min(MAX_KEEP, value * 10 + text.charAt(at) - '0');
            at++;
        }
        if (at > from && value == 0) {
            throw malformed();
        }
        return at == from ? Integer.MAX_VALUE : value;
    }

    private String delimiters() throws SyntaxException {
        int from = at;
        while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at >= text.length() || text.charAt(at) != '}') {
            throw malformed();
        }
        at++;
        return at - 1 == from ? MacroPart.Macro.DEFAULT_DELIMITERS : text.substring(from, at - 1);
    }

    /** RFC 7208 section 7.1, domain-end: a macro, or a dot and a top label and perhaps a dot. */
    private void checkEnd() throws SyntaxException {
        if (expandedTo == text.length() && expandedTo > 0) {
            return;
        }
        String end = text.substring(expandedTo);
        String bare = end.endsWith(".") ? end.substring(0, end.length() - 1) : end;
        int dot = bare.lastIndexOf('.');
        if (dot < 0 || !isTopLabel(bare.substring(dot + 1))) {
            throw new SyntaxException("\"" + text + "\" does not end like a domain name");
        }
    }

    private static boolean isTopLabel(String label) {
        boolean outside = label.isEmpty() || label.startsWith("-") || label.endsWith("-");
        return !outside
                && label.chars().allMatch(c -> c == '-' || Ascii.isAlphanumeric((char) c))
                && !label.chars().allMatch(c -> Ascii.isDigit((char) c));
    }
}
