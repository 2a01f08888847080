package org.slash64.connectors.postfix;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Disconnected;

/**
 * {@code disconnect from CLIENT ehlo=1 rcpt=0/1 commands=1/2}: per command the successes, and after the slash all
 * attempts where some failed. Postfix before 3.0 logs no counters. The total, {@code commands}, is left out.
 */
final class DisconnectLines {

    private static final int MAX_COMMANDS = 64;
    private static final int MAX_NAME = 32;
    private static final int MAX_DIGITS = 9;
    private static final String TOTAL = "commands";

    private final String text;
    private final Map<String, Integer> succeeded = new LinkedHashMap<>();
    private final Map<String, Integer> failed = new LinkedHashMap<>();
    private int at;

    private DisconnectLines(String text, int at) {
        this.text = text;
        this.at = at;
    }

    static SmtpFact parse(String service, String message, int start) {
        ClientToken client = ClientToken.at(message, start);
        if (!client.usable()) {
            return client.fault();
        }
        DisconnectLines counters = new DisconnectLines(message, client.end());
        if (!counters.read()) {
            return Text.broken("a disconnect with unreadable counters");
        }
        return new Disconnected(client.session(service), counters.succeeded, counters.failed, null);
    }

    private boolean read() {
        while (at < text.length() && succeeded.size() < MAX_COMMANDS) {
            if (text.charAt(at++) != ' ' || !counter()) {
                return false;
            }
        }
        return at == text.length();
    }

    private boolean counter() {
        int equals = text.indexOf('=', at);
        if (equals <= at || equals - at > MAX_NAME) {
            return false;
        }
        String name = text.substring(at, equals);
        at = equals + 1;
        int good = number();
        int all = good;
        if (at < text.length() && text.charAt(at) == '/') {
            at++;
            all = number();
        }
        if (good < 0 || all < good) {
            return false;
        }
        put(name, good, all - good);
        return true;
    }

    private void put(String name, int good, int bad) {
        if (name.equals(TOTAL)) {
            return;
        }
        succeeded.put(SafeText.of(name), good);
        if (bad > 0) {
            failed.put(SafeText.of(name), bad);
        }
    }

    private int number() {
        int start = at;
        int value = 0;
        while (at < text.length() && at - start < MAX_DIGITS && Character.digit(text.charAt(at), 10) >= 0) {
            value = value * 10 + Character.digit(text.charAt(at++), 10);
        }
        return at == start ? -1 : value;
    }
}
