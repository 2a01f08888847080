package org.slash64.connectors.haraka;

import java.util.List;
import java.util.Optional;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Claim;
import org.slash64.connectors.log.SmtpFact.Claimed;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Method;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.connectors.verdict.DomainText;
import org.slash64.connectors.verdict.ResultWord;
import org.slash64.schemas.Address;

/** The lines of plugins that tell verdicts, encryption and authentication. */
final class PluginLines {

    private static final String SENDER_POLICY = "identity=";
    private static final String MAIL_FROM = "identity=mfrom ";
    private static final String RESULT = " result=";
    private static final String SECURED = "secured: ";
    private static final String HELO_NAME = "helo_host: ";

    private final Entry entry;
    private final String text;

    private PluginLines(Entry entry) {
        this.entry = entry;
        this.text = entry.text();
    }

    static SmtpFact parse(Entry entry) {
        return new PluginLines(entry).read();
    }

    private SmtpFact read() {
        return switch (entry.origin()) {
            case "spf" -> spf();
            case "fcrdns", "connect.fcrdns" -> reverseName();
            case "dkim", "dkim_verify" -> dkim();
            case "dnsbl", "dns-list" -> claimed(entry.inSession(), PluginResults.listed(text));
            case "karma" -> claimed(entry.inSession(), PluginResults.karma(text));
            case "rspamd" -> claimed(entry.inSession(), PluginResults.rspamd(text));
            case "spamassassin" -> claimed(entry.inSession(), PluginResults.spamAssassin(text));
            case "tls" -> tls();
            case "helo.checks" -> helo();
            default -> entry.origin().startsWith("auth/") ? authentication() : new Ignored(Why.NO_EVENT);
        };
    }

    private SmtpFact claimed(Session session, List<Claim> claims) {
        return claims.isEmpty() ? new Ignored(Why.NO_EVENT) : new Claimed(entry.transaction(), session, null, claims);
    }

    /** {@code identity=mfrom ip=… domain="…" mfrom=<…> result=Pass}; the check of the HELO name tells that name. */
    private SmtpFact spf() {
        int result = text.lastIndexOf(RESULT);
        String domain = text.startsWith(SENDER_POLICY) && result > 0 ? between("domain=\"", "\" mfrom=<") : null;
        if (domain == null) {
            return new Ignored(Why.NO_EVENT);
        }
        if (!text.startsWith(MAIL_FROM)) {
            return helo(domain);
        }
        String word = ResultWord.of(text.substring(result + RESULT.length()).strip());
        return word == null
                ? new Ignored(Why.NO_EVENT)
                : claimed(
                        entry.inSession(), List.of(new Claim(Method.SPF, word, DomainText.domain(domain), null, null)));
    }

    /** {@code helo_host: mail.example.org, pass:…}. */
    private SmtpFact helo() {
        int end = text.indexOf(", ");
        return text.startsWith(HELO_NAME) && end > HELO_NAME.length()
                ? helo(text.substring(HELO_NAME.length(), end))
                : new Ignored(Why.NO_EVENT);
    }

    private Helo helo(String name) {
        return new Helo(entry.inSession(), new Envelope(null, null, null, SafeText.of(name), null));
    }

    /** From the first place of one text to the next of another; null where either is missing. */
    private String between(String before, String after) {
        int start = text.indexOf(before);
        int end = start < 0 ? -1 : text.indexOf(after, start + before.length());
        return end < 0 ? null : text.substring(start + before.length(), end);
    }

    /** {@code ip=…  rdns="a,b" rdns_len=2 fcrdns="a" fcrdns_len=1 …}: RFC 8601 section 2.7.3. */
    private SmtpFact reverseName() {
        Pairs pairs = new Pairs(text, 0);
        String ip = pairs.next("ip");
        Optional<Address> client = ip == null ? Optional.empty() : Address.parse(ip);
        String names = between("fcrdns=\"", "\"");
        if (client.isEmpty() || names == null) {
            return new Ignored(Why.NO_EVENT);
        }
        int comma = names.indexOf(',');
        String name = DomainText.domain(comma < 0 ? names : names.substring(0, comma));
        String none = text.contains(" rdns_len=0 ") ? "permerror" : "fail";
        Claim claim = new Claim(Method.IPREV, name == null ? none : "pass", name, null, null);
        return claimed(entry.inSession(client.get(), name), List.of(claim));
    }

    /** {@code identity="@example.org" domain="example.org" selector="s1" result=pass}. */
    private SmtpFact dkim() {
        String domain = between("\" domain=\"", "\" selector=\"");
        String selector = domain == null ? null : between("\" selector=\"", "\" result=");
        if (selector == null) {
            return new Ignored(Why.NO_EVENT);
        }
        int result = text.lastIndexOf(RESULT) + RESULT.length();
        int blank = text.indexOf(' ', result);
        String word = ResultWord.of(text.substring(result, blank < 0 ? text.length() : blank));
        Claim claim = new Claim(Method.DKIM, word, DomainText.domain(domain), DomainText.selector(selector), null);
        return word == null ? new Ignored(Why.NO_EVENT) : claimed(entry.inSession(), List.of(claim));
    }

    /** {@code secured: cipher=NAME version=TLSv1.3 verified=true cn="…"}; a name counts where it was verified. */
    private SmtpFact tls() {
        if (!text.startsWith(SECURED)) {
            return new Ignored(Why.NO_EVENT);
        }
        Pairs pairs = new Pairs(text, SECURED.length());
        String cipher = pairs.next("cipher");
        String protocol = pairs.next("version");
        boolean verified = "true".equals(pairs.next("verified"));
        pairs.next("error");
        String name = verified ? pairs.next("cn") : null;
        Tls tls = new Tls(safe(protocol), safe(cipher), name == null ? List.of() : List.of(SafeText.of(name)));
        return new TlsStarted(entry.inSession(), tls);
    }

    private static String safe(String value) {
        return value == null ? null : SafeText.of(value);
    }

    /** A failed attempt is told by the delay that follows it, a good one by some plugins. */
    private SmtpFact authentication() {
        if (text.startsWith("delaying for ")) {
            return new AuthFailed(entry.inSession(), Envelope.UNNAMED_MECHANISM, SafeText.of(entry.origin()));
        }
        boolean good = text.startsWith("AUTH user=") && text.endsWith(" success=true");
        return good
                ? new Helo(entry.inSession(), new Envelope(null, null, null, null, Envelope.UNNAMED_MECHANISM))
                : new Ignored(Why.NO_EVENT);
    }
}
