package org.slash64.connectors.exim;

import java.time.Duration;
import java.util.Map;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;

/**
 * Connections that begin and end. The line of the connect is written by the daemon, the others by the process that serves
 * the session: only a port tells that they belong together. Each end suffices for a connection, since by default Exim logs
 * no connects.
 */
final class ConnectionLines {

    private static final String[] ENDS = {
        " (TCP/IP connection count", " (via inetd)", " closed ", " lost", " dropped: ", " D=", " C=", "", " ("
    };
    private static final int MAX_STAGE = 100;
    private static final int MAX_NUMBER = 9;

    private ConnectionLines() {}

    /** What follows {@code SMTP }; null where it is no connection. */
    static SmtpFact smtp(String text, int at) {
        int call = Text.after(text, at, "call from ");
        if (call >= 0) {
            return dropped(text, Client.at(text, call, ENDS));
        }
        int after =
                Text.after(text, at, "command timeout on connection from ", "command timeout on TLS connection from ");
        if (after >= 0) {
            return ended(text, Client.at(text, after, ENDS), Loss.TIMEOUT, null);
        }
        after = Text.after(
                text,
                at,
                "data timeout (message abandoned) on connection from ",
                "data timeout (message abandoned) on TLS connection from ");
        if (after >= 0) {
            return ended(text, Client.at(text, after, ENDS), Loss.TIMEOUT, Refusal.DATA);
        }
        after = Text.after(text, at, "connection lost after final dot H=");
        if (after >= 0) {
            return ended(text, Client.at(text, after, ENDS), Loss.LOST, Refusal.END_OF_MESSAGE);
        }
        return connection(text, at);
    }

    /** {@code connection[ Ci=1234] from CLIENT …}. */
    private static SmtpFact connection(String text, int at) {
        int after = Text.after(text, at, "connection ");
        if (after >= 0 && text.startsWith("Ci=", after)) {
            after = Text.wordEnd(text, after) + 1;
        }
        int from = after < 0 ? -1 : Text.after(text, after, "from ");
        if (from < 0) {
            return null;
        }
        Client client = Client.at(text, from, ENDS);
        if (!client.usable()) {
            return text.indexOf('[', from) < 0 ? new Ignored(Why.LOCAL_ORIGIN) : client.fault();
        }
        return ofClient(text, client);
    }

    private static SmtpFact ofClient(String text, Client client) {
        int end = client.end();
        if (text.startsWith(" lost while reading message data", end)) {
            return ended(text, client, Loss.LOST, Refusal.DATA);
        }
        if (text.startsWith(" lost", end)) {
            return ended(text, client, Loss.LOST, null);
        }
        if (text.startsWith(" closed by QUIT", end)) {
            return ended(text, client, null, null);
        }
        if (text.startsWith(" closed by EOF", end)) {
            return ended(text, client, Loss.LOST, null);
        }
        if (text.startsWith(" closed ", end)) {
            return ended(text, client, Loss.TOO_MANY_ERRORS, null); // by DROP in ACL, after SIGTERM: the server hung up
        }
        return connected(client);
    }

    private static SmtpFact connected(Client client) {
        return client.port() == null ? new Ignored(Why.NO_EVENT) : new Connected(client.session());
    }

    /** {@code dropped: too many syntax or protocol errors (last command was "AUTH LOGIN")}. */
    private static SmtpFact dropped(String text, Client client) {
        int quote = text.indexOf(" was \"", client.end());
        int start = quote + " was \"".length();
        int end = quote < 0 ? -1 : Math.min(text.length(), start + MAX_STAGE);
        int blank = quote < 0 ? -1 : Math.min(Text.wordEnd(text, start), end);
        int close = quote < 0 ? -1 : text.indexOf('"', start);
        String stage = quote < 0 ? null : text.substring(start, close < 0 ? blank : Math.min(blank, close));
        return ended(text, client, Loss.TOO_MANY_ERRORS, stage == null || stage.isEmpty() ? null : stage);
    }

    /** {@code unexpected disconnection while reading SMTP command from CLIENT D=2s}. */
    static SmtpFact disconnection(String text, int client) {
        return ended(text, Client.at(text, client, ENDS), Loss.LOST, null);
    }

    /** {@code no MAIL in SMTP connection from CLIENT D=21s C=EHLO,STARTTLS}. */
    static SmtpFact withoutMail(String text, int at) {
        int from = Text.after(
                text, at, "SMTP connection from ", "TFO SMTP connection from ", "TFO* SMTP connection from ");
        if (from < 0) {
            return new Ignored(Why.UNKNOWN_STATEMENT);
        }
        Client client = Client.at(text, from, "");
        String commands = client.usable() ? client.fields().get(Field.COMMANDS) : null;
        return ended(text, client, commands != null && commands.endsWith("QUIT") ? null : Loss.LOST, last(commands));
    }

    private static String last(String commands) {
        return commands == null ? null : commands.substring(commands.lastIndexOf(',') + 1);
    }

    private static SmtpFact ended(String text, Client client, Loss loss, String stage) {
        if (!client.usable()) {
            return text.indexOf('[') < 0 ? new Ignored(Why.LOCAL_ORIGIN) : client.fault();
        }
        String lastStage = loss == null || stage == null ? null : SafeText.of(stage);
        Ending ending = new Ending(loss, lastStage, length(text, client), true);
        return new Disconnected(client.session(), Map.of(), Map.of(), ending);
    }

    private static Duration length(String text, Client client) {
        String logged = client.fields().get(Field.DURATION);
        if (logged == null) {
            int last = text.lastIndexOf(" D=");
            logged = last < client.end() ? null : text.substring(last + 3, Text.wordEnd(text, last + 3));
        }
        return logged == null ? null : duration(logged);
    }

    /** {@code 0.200s}, {@code 2m42s}, {@code 1w2d3h}; null where it is something else. */
    private static Duration duration(String logged) {
        Duration total = Duration.ZERO;
        int at = 0;
        while (at < logged.length()) {
            int digits = Text.digitsEnd(logged, at);
            int fraction = logged.startsWith(".", digits) ? Text.digitsEnd(logged, digits + 1) : digits;
            Duration unit = fraction < logged.length() ? unit(logged.charAt(fraction)) : Duration.ZERO;
            if (digits == at || digits - at > MAX_NUMBER || unit.isZero()) {
                return null;
            }
            total = total.plus(unit.multipliedBy(Long.parseLong(logged, at, digits, 10)));
            total = total.plusMillis(milliseconds(logged, digits + 1, fraction));
            at = fraction + 1;
        }
        return total;
    }

    private static Duration unit(char letter) {
        return switch (letter) {
            case 's' -> Duration.ofSeconds(1);
            case 'm' -> Duration.ofMinutes(1);
            case 'h' -> Duration.ofHours(1);
            case 'd' -> Duration.ofDays(1);
            case 'w' -> Duration.ofDays(7);
            default -> Duration.ZERO;
        };
    }

    private static long milliseconds(String logged, int start, int end) {
        long value = 0;
        for (int i = 0; i < 3; i++) {
            value = value * 10 + (start + i < end ? logged.charAt(start + i) - '0' : 0);
        }
        return value;
    }
}
