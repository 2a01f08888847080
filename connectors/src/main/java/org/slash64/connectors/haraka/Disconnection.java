package org.slash64.connectors.haraka;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slash64.connectors.log.LineError;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.SafeText;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.verdict.Score;
import org.slash64.schemas.Address;

/**
 * {@code disconnect ip=… rdns="…" helo="…" relay=N early=N esmtp=Y tls=Y pipe=N errors=0 txns=1 rcpts=1/0/0 msgs=1/0/0
 * bytes=173692 lr="" time=13.937}. Recipients and messages stand for the commands RCPT and DATA.
 */
final class Disconnection {

    private static final String[] FLAGS = {"relay", "early", "esmtp", "tls", "pipe", "errors"};
    private static final double MAX_SECONDS = Duration.ofDays(365).toSeconds();

    private final Map<String, Integer> succeeded = new LinkedHashMap<>();
    private final Map<String, Integer> failed = new LinkedHashMap<>();
    private final Pairs pairs;

    private Disconnection(Pairs pairs) {
        this.pairs = pairs;
    }

    static SmtpFact parse(Entry entry, int start) {
        return new Disconnection(new Pairs(entry.text(), start)).read(entry);
    }

    private SmtpFact read(Entry entry) {
        String ip = pairs.next("ip");
        Optional<Address> client = ip == null ? Optional.empty() : Address.parse(ip);
        if (client.isEmpty()) {
            return ip == null
                    ? CoreLines.broken("an end without the client")
                    : new Malformed(new LineError(Reason.BAD_CLIENT_ADDRESS, "the client's address is none"));
        }
        String name = name(pairs.next("rdns"));
        pairs.next("helo");
        for (String flag : FLAGS) {
            pairs.next(flag);
        }
        pairs.next("txns");
        count("rcpt", Count.of(pairs.next("rcpts")));
        count("data", Count.of(pairs.next("msgs")));
        pairs.next("bytes");
        pairs.next("lr");
        Ending ending = new Ending(null, null, length(pairs.next("time")), false);
        return new Disconnected(entry.inSession(client.get(), name), succeeded, failed, ending);
    }

    private void count(String command, Count count) {
        if (count != null) {
            succeeded.put(command, count.accepted());
            if (count.failed() > 0) {
                failed.put(command, count.failed());
            }
        }
    }

    /** Haraka has NXDOMAIN, DNSERROR or Unknown in place of a name. */
    static String name(String host) {
        return host == null || host.indexOf('.') < 0 ? null : SafeText.of(host);
    }

    private static Duration length(String seconds) {
        Double value = seconds == null ? null : Score.parse(seconds);
        boolean sane = value != null && value >= 0 && value <= MAX_SECONDS;
        return sane ? Duration.ofMillis(Math.round(value * 1_000)) : null;
    }
}
