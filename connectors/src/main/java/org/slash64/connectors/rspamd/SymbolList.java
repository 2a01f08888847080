package org.slash64.connectors.rspamd;

import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.DomainText;
import org.slash64.connectors.verdict.Meaning;

/**
 * The list {@code R_DKIM_ALLOW(-0.20){example.org:s=sel;},MIME_TRACE(0.00){0:+;}}: scores and options are left out where the
 * log format has none of them. Options are texts of the message, so a brace counts only where a list can go on.
 */
final class SymbolList {

    private static final int MAX_SYMBOLS = 500;
    private static final int MAX_SCORE = 16;
    private static final int MAX_OPTIONS = 8; // rspamd logs at most that many: max_log_elts
    private static final String SELECTOR = ":s=";

    private final String text;
    private final Claims claims;
    private int at;

    private SymbolList(String text, int at, Claims claims) {
        this.text = text;
        this.at = at;
        this.claims = claims;
    }

    /** Adds the claims of the list that begins at the given place. */
    static void read(String text, int start, Claims claims) {
        SymbolList list = new SymbolList(text, start, claims);
        for (int i = 0; i < MAX_SYMBOLS && list.symbol(); i++) {
            list.at++;
            while (text.startsWith(" ", list.at)) {
                list.at++;
            }
        }
    }

    /** Reads one symbol; true where a comma follows it. */
    private boolean symbol() {
        int start = at;
        while (at < text.length() && isNameCharacter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        skipScore();
        Meaning meaning = Symbols.of(name);
        if (text.startsWith("{", at)) {
            int options = at + 1;
            int end = optionsEnd(options);
            at = Math.min(end + 1, text.length());
            if (meaning != null) {
                claim(meaning, options, end);
            }
        } else if (meaning != null) {
            claims.add(meaning.claim());
        }
        return at > start && text.startsWith(",", at);
    }

    private void skipScore() {
        int close = text.startsWith("(", at) ? text.indexOf(')', at) : -1;
        if (close > 0 && close - at <= MAX_SCORE) {
            at = close + 1;
        }
    }

    private int optionsEnd(int start) {
        int end = text.indexOf('}', start);
        while (end >= 0 && !goesOn(end + 1)) {
            end = text.indexOf('}', end + 1);
        }
        return end < 0 ? text.length() : end;
    }

    private boolean goesOn(int next) {
        return next == text.length()
                || text.charAt(next) == ']'
                || (text.charAt(next) == ',' && next + 1 < text.length() && isNameCharacter(text.charAt(next + 1)));
    }

    private void claim(Meaning meaning, int start, int end) {
        int most = meaning.method() == Method.DKIM ? MAX_OPTIONS : 1;
        int option = start;
        for (int i = 0; i < most && option < end; i++) {
            int semicolon = text.indexOf(';', option);
            int optionEnd = semicolon < 0 || semicolon > end ? end : semicolon;
            add(meaning, text.substring(option, optionEnd));
            option = optionEnd + 1;
        }
        if (start >= end) {
            claims.add(meaning.claim());
        }
    }

    /** {@code example.org:s=sel}, {@code example.org,none}, {@code example.org : No valid SPF,reject}, and what names no domain. */
    private void add(Meaning meaning, String option) {
        int end = 0;
        while (end < option.length() && ":, ".indexOf(option.charAt(end)) < 0) {
            end++;
        }
        String domain = DomainText.domain(option.substring(0, end));
        boolean selected = domain != null && option.startsWith(SELECTOR, end);
        claims.add(meaning.claim(domain, selected ? selector(option, end + SELECTOR.length()) : null));
    }

    private static String selector(String option, int start) {
        int colon = option.indexOf(':', start);
        return DomainText.selector(option.substring(start, colon < 0 ? option.length() : colon));
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
