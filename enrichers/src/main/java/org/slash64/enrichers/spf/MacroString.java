package org.slash64.enrichers.spf;

import java.util.List;
import java.util.Optional;

/** A macro-string, read: a target of a mechanism or an explanation. */
final class MacroString {
    /**
     * Twice the characters of the longest name, for macros with text between them. When so many do not fill it, they are
     * meant to stand for nothing and only to take time.
     */
    private static final int MAX_EXPANDED = 2 * Domain.MAX_LENGTH;

    private final List<MacroPart> parts;
    private final boolean literal;
    private final boolean namesClient;
    private final boolean namesLocalPart;
    /** The target where the text has no macros, so that evaluating it takes no string work. */
    private final Optional<Domain> constant;

    MacroString(List<MacroPart> parts) {
        this.parts = List.copyOf(parts);
        this.literal = parts.stream().allMatch(MacroPart.Literal.class::isInstance);
        this.namesClient = parts.stream().anyMatch(part -> isMacro(part, "p"));
        this.namesLocalPart = parts.stream().anyMatch(part -> isMacro(part, "sl"));
        this.constant = literal ? domain(text(parts)) : Optional.empty();
    }

    private static boolean isMacro(MacroPart part, String letters) {
        return part instanceof MacroPart.Macro macro && letters.indexOf(macro.letter()) >= 0;
    }

    private static String text(List<MacroPart> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(((MacroPart.Literal) part).text()));
        return text.toString();
    }

    /** Whether the client's name has to be known. */
    boolean namesClient() {
        return namesClient;
    }

    /** Whether it has the sender's local part in it. */
    boolean namesLocalPart() {
        return namesLocalPart;
    }

    boolean isLiteral() {
        return literal;
    }

    /** The target where there are no macros; empty where there are or where it is no name. */
    Optional<Domain> constant() {
        return constant;
    }

    /** The target; empty where what comes out is no name, or where too many macros do not fill it. */
    Optional<Domain> target(MacroValues values) {
        if (literal) {
            return constant;
        }
        StringBuilder text = new StringBuilder();
        for (int i = parts.size() - 1;
                i >= 0 && text.length() <= Domain.MAX_LENGTH + 1;
                i--) { // the end is what counts
            Optional<String> part = parts.get(i).expand(values);
            if (part.isEmpty() || parts.size() - i > MAX_EXPANDED) {
                return Optional.empty();
            }
            text.insert(0, part.get());
        }
        return domain(text.toString());
    }

    private static Optional<Domain> domain(String text) {
        String bare = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return Domain.of(Domain.shortened(bare));
    }

    /** The text for people; empty when it grows longer than that, or where there are too many macros. */
    Optional<String> text(MacroValues values, int maxLength) {
        if (parts.size() > MAX_EXPANDED) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (MacroPart part : parts) {
            text.append(part.expand(values).orElse("?"));
            if (text.length() > maxLength) {
                return Optional.empty();
            }
        }
        return Optional.of(Ascii.printable(text.toString(), maxLength));
    }
}
