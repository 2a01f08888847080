package org.slash64.enrichers.spf;

/**
 * The prefix lengths at the end of {@code a} and {@code mx}: dual-cidr-length of RFC 7208 section 5.3.
 *
 * @param rest what stands before them
 */
record Prefixes(String rest, int prefix4, int prefix6) {
    /** They are sought from the right, for a target may hold slashes too. */
    static Prefixes of(String term, String text) throws SyntaxException {
        String rest = text;
        int prefix6 = Network.BITS_6;
        int slash = lastLength(rest);
        if (slash > 0 && rest.charAt(slash - 1) == '/') {
            prefix6 = length(term, rest.substring(slash + 1), Network.BITS_6);
            rest = rest.substring(0, slash - 1);
            slash = lastLength(rest);
        }
        if (slash < 0) {
            return new Prefixes(rest, Network.BITS_4, prefix6);
        }
        return new Prefixes(rest.substring(0, slash), length(term, rest.substring(slash + 1), Network.BITS_4), prefix6);
    }

    /** Where the slash is that has digits alone behind it, or -1. */
    private static int lastLength(String text) {
        int from = text.length();
        while (from > 0 && Ascii.isDigit(text.charAt(from - 1))) {
            from--;
        }
        return from > 0 && from < text.length() && text.charAt(from - 1) == '/' ? from - 1 : -1;
    }

    /** A number up to a bound, without leading zeros. */
    static int length(String term, String digits, int most) throws SyntaxException {
        boolean decimal = !digits.isEmpty() && digits.length() <= 3;
        int value = 0;
        for (int i = 0; decimal && i < digits.length(); i++) {
            decimal = Ascii.isDigit(digits.charAt(i));
            value = value * 10 + digits.charAt(i) - '0';
        }
        if (!decimal || value > most || (digits.length() > 1 && digits.charAt(0) == '0')) {
            throw RecordParser.malformed(term);
        }
        return value;
    }
}
