package org.slash64.deploy.config;

import java.time.Duration;
import java.util.Optional;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.log.SyslogHost;
import org.slash64.connectors.milter.MilterSettings;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.deploy.config.yaml.Durations;
import org.slash64.deploy.config.yaml.Numbers;
import org.slash64.deploy.config.yaml.Section;
import org.slash64.deploy.config.yaml.Types;

/** {@link MilterSettings} in a file. */
final class MilterFields {

    private static final int MAX_SERVER_ID = 253; // RFC 1035 section 2.3.4; an authserv-id is usually a host name
    private static final int MOST_CONNECTIONS = 100_000;
    private static final Duration DAY = Duration.ofDays(1);

    /** Sendmail's time-out for the end of a message is 5 minutes, Postfix's milter_content_timeout as well. */
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(1);

    private MilterFields() {}

    static Optional<MilterSettings> read(Section section) {
        Optional<ListenAddress> listen = section.optional(
                "listen",
                "nowhere: the milter is off",
                SiteTypes.listen(),
                "Where it listens: an address with a port, or the path of a Unix socket behind `unix:`.");
        Mode mode = section.value(
                "mode",
                Mode.OBSERVE,
                Types.oneOf(Mode.class),
                "`observe` changes nothing, `dry-run` says in header fields what it found and would do, `enforce` does what"
                        + " `answers` says.");
        Optional<String> serverId = section.optional(
                "authserv-id",
                "none: no such field is added or removed",
                Types.name(MAX_SERVER_ID),
                "By what name it signs Authentication-Results fields, and removes those of others under this name; not in"
                        + " the mode `observe`.");
        Optional<String> logHost = section.optional(
                "log-host",
                "the first label of the mail server's own name",
                Types.name(SyslogHost.MAX_CHARACTERS),
                "Under what host name the mail server stands in its log: by it and the queue id, what the milter saw and"
                        + " what the log tells are put together.");
        Duration deadline = section.value(
                "deadline",
                MilterSettings.DEADLINE,
                Durations.between(Duration.ofMillis(1), LONGEST_DEADLINE),
                "How long the end of a message waits for DNS; what is not answered by then counts as not known.");
        ServerLimits bounds = MilterSettings.limitsByDefault();
        ServerLimits limits = new ServerLimits(
                section.value(
                        "max-connections",
                        bounds.connections(),
                        Numbers.count(1, MOST_CONNECTIONS),
                        "Connections at a time; those beyond are closed at once. Mail servers open one for each session."),
                section.value(
                        "idle",
                        bounds.idle(),
                        Durations.between(Duration.ofSeconds(1), DAY),
                        "A connection that says nothing for so long is closed; more than a mail server waits for its"
                                + " client."));
        return listen.map(address -> new MilterSettings(address, mode, serverId, logHost, deadline, limits));
    }
}
