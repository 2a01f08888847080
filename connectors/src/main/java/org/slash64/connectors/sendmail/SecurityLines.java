package org.slash64.connectors.sendmail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;

/** Encryption and authentication. */
final class SecurityLines {

    private static final String RELAY = "relay=";
    private static final String SUBJECT = "cert-subject=";
    private static final String ISSUER = ", cert-issuer=";
    private static final String TRUSTED = ", verifymsg=ok";
    private static final int MAX_NAMES = 16;
    private static final int MAX_NAME = 255; // RFC 1035 section 2.3.4

    /** SASL_FAIL, SASL_TRYAGAIN and SASL_UNAVAIL of Cyrus SASL: the server's own trouble. */
    private static final List<String> UNAVAILABLE = List.of(" (-1) ", " (-8) ", " (-24) ");

    private SecurityLines() {}

    /** {@code relay=CLIENT, version=TLSv1.3, verify=NO, cipher=NAME, bits=256/256}; the session is the server's. */
    static SmtpFact tls(String text, int start) {
        if (text.startsWith(SUBJECT, start)) {
            return certificate(text, start + SUBJECT.length());
        }
        int relayStart = text.startsWith(RELAY, start) ? start + RELAY.length() : -1;
        if (relayStart < 0) {
            return new Ignored(Why.NO_EVENT);
        }
        Relay relay = Relay.at(text, relayStart);
        if (!relay.usable()) {
            return relay.fault();
        }
        String version = Text.value(text, relay.end(), ", version=");
        String cipher = Text.value(text, relay.end(), ", cipher=");
        boolean trusted = "OK".equals(Text.value(text, relay.end(), ", verify="));
        return version == null
                ? new Ignored(Why.NO_EVENT)
                : new TlsStarted(relay.session(), new Tls(version, cipher, List.of()), trusted);
    }

    /** {@code /C=UK/CN=client.example.com, cert-issuer=…, verifymsg=ok}, from LogLevel 12 on. */
    private static SmtpFact certificate(String text, int start) {
        int end = text.indexOf(ISSUER, start);
        List<String> names = end > 0 && text.endsWith(TRUSTED) ? commonNames(text.substring(start, end)) : List.of();
        return names.isEmpty()
                ? new Ignored(Why.NO_EVENT)
                : new TlsStarted(Relay.unnamed(), new Tls(null, null, names));
    }

    private static List<String> commonNames(String subject) {
        List<String> names = new ArrayList<>();
        int at = subject.indexOf("/CN=");
        while (at >= 0 && names.size() < MAX_NAMES) {
            int start = at + "/CN=".length();
            int end = subject.indexOf('/', start);
            String name = subject.substring(start, end < 0 ? subject.length() : end);
            if (!name.isEmpty() && name.length() <= MAX_NAME) {
                names.add(SafeText.of(name.toLowerCase(Locale.ROOT)));
            }
            at = end < 0 ? -1 : subject.indexOf("/CN=", end);
        }
        return List.copyOf(names);
    }

    /** {@code relay=CLIENT, authid=user, mech=PLAIN, bits=0}. */
    static SmtpFact authenticated(String text, int start) {
        int mechanism = text.lastIndexOf(", mech=");
        if (!text.startsWith(RELAY, start) || mechanism < start) {
            return new Ignored(Why.NO_EVENT);
        }
        Relay relay = Relay.at(text, start + RELAY.length());
        String method = Text.value(text, mechanism, ", mech=");
        String named = method == null || method.isEmpty() ? Envelope.UNNAMED_MECHANISM : method;
        return relay.usable() ? new Helo(relay.session(), new Envelope(null, null, null, null, named)) : relay.fault();
    }

    /** {@code (LOGIN): authentication failure (-13) …, user=a@example.com, relay=CLIENT}; the user may be anything. */
    static SmtpFact failed(String text, int start) {
        int close = text.indexOf("): ", start);
        if (!text.startsWith("(", start) || close < 0) {
            return Text.broken("a failed authentication without its mechanism");
        }
        String reason = text.substring(close + "): ".length());
        if (UNAVAILABLE.stream().anyMatch(code -> codeIn(reason).equals(code))) {
            return new Ignored(Why.AUTH_UNAVAILABLE);
        }
        Relay relay = Relay.last(text, ", " + RELAY);
        return relay.usable()
                ? new AuthFailed(relay.session(), SafeText.of(text.substring(start + 1, close)), SafeText.of(reason))
                : relay.fault();
    }

    /** The first code in parentheses, with the blanks around it. */
    private static String codeIn(String reason) {
        int open = reason.indexOf(" (-");
        int close = open < 0 ? -1 : reason.indexOf(")", open);
        return close < 0 ? "" : reason.substring(open, close + 1) + " ";
    }
}
