package org.slash64.connectors.haraka;

import java.util.List;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.rspamd.Symbols;
import org.slash64.connectors.spamassassin.TestNames;
import org.slash64.connectors.verdict.Claims;
import org.slash64.connectors.verdict.DomainText;
import org.slash64.connectors.verdict.Meaning;
import org.slash64.connectors.verdict.Score;

/** What plugins log of their results: items that a comma and a blank part, most of them {@code key: value}. */
final class PluginResults {

    private static final String SEPARATOR = ", ";
    private static final String FAIL = "fail:";
    private static final String SCORE = "score: ";
    private static final int MAX_ITEMS = 1_000;

    private PluginResults() {}

    /** {@code pass:a.example, fail:zen.spamhaus.org, bl.spamcop.net, msg:…}: an item without a key belongs to the last. */
    static List<Claim> listed(String text) {
        Claims claims = new Claims();
        boolean failing = false;
        Items items = new Items(text);
        for (String item = items.next(); item != null; item = items.next()) {
            boolean fail = item.startsWith(FAIL);
            failing = fail || (failing && item.indexOf(':') < 0);
            String list = failing ? DomainText.domain(fail ? item.substring(FAIL.length()) : item) : null;
            if (list != null) {
                claims.add(Meaning.listed(list).claim());
            }
        }
        return claims.list();
    }

    /** {@code score: -3, good: 0, bad: 5, …}: a reputation, the higher the better, so its number is no spam score. */
    static List<Claim> karma(String text) {
        Double score = null;
        Items items = new Items(text);
        for (String item = items.next(); item != null && score == null; item = items.next()) {
            score = item.startsWith(SCORE) ? Score.parse(item.substring(SCORE.length())) : null;
        }
        return score == null ? List.of() : List.of(Score.claim(score < 0, null));
    }

    /** {@code is_spam: false, score: 2.5, required_score: 15, action: no action, SYMBOL: 0.2, …, messages: …}. */
    static List<Claim> rspamd(String text) {
        Claims symbols = new Claims();
        Double score = null;
        Double required = null;
        String action = "";
        Items items = new Items(text);
        for (String item = items.next(); item != null && !isText(item); item = items.next()) {
            int colon = item.indexOf(": ");
            String key = colon < 0 ? item : item.substring(0, colon);
            String value = colon < 0 ? "" : item.substring(colon + 2);
            switch (key) {
                case "score" -> score = Score.parse(value);
                case "required_score" -> required = Score.parse(value);
                case "action" -> action = value;
                default -> symbol(key, symbols);
            }
        }
        return verdict(score, score != null && (isSpam(action) || (required != null && score >= required)), symbols);
    }

    private static boolean isSpam(String action) {
        return action.equals("reject") || action.equals("add header") || action.equals("rewrite subject");
    }

    private static boolean isText(String item) {
        return item.startsWith("messages:") || item.startsWith("urls:") || item.startsWith("emails:");
    }

    private static void symbol(String name, Claims claims) {
        Meaning meaning = Symbols.of(name);
        if (meaning != null) {
            claims.add(meaning.claim());
        }
    }

    /** {@code status=Yes, score=15.0, required=5.0, reject=10, tests="A,B"}. */
    static List<Claim> spamAssassin(String text) {
        Items items = new Items(text);
        String status = items.next();
        String score = items.next();
        boolean known = status != null && status.startsWith("status=") && score != null && score.startsWith("score=");
        int tests = text.indexOf(" tests=\"");
        Claims claims = new Claims();
        if (known && tests > 0) {
            TestNames.read(text, tests, text.length(), claims);
        }
        return verdict(known ? Score.parse(score.substring(6)) : null, "status=Yes".equals(status), claims);
    }

    private static List<Claim> verdict(Double score, boolean spam, Claims others) {
        Claims claims = new Claims();
        if (score != null) {
            claims.add(Score.claim(spam, score));
        }
        others.list().forEach(claims::add);
        return claims.list();
    }

    /** The items of a text, one after the other. */
    private static final class Items {

        private final String text;
        private int at;
        private int read;

        Items(String text) {
            this.text = text;
        }

        /** The next, or null. */
        String next() {
            if (at >= text.length() || read++ >= MAX_ITEMS) {
                return null;
            }
            int end = text.indexOf(SEPARATOR, at);
            String item = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + SEPARATOR.length();
            return item;
        }
    }
}
