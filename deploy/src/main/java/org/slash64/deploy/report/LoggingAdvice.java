package org.slash64.deploy.report;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;

/** What to switch on in a mail server so that its log tells more: a table by server and by what is missing. */
final class LoggingAdvice {

    /** Fields that fewer events have than this share are worth a word. */
    private static final double FEW = 0.5;

    /** Few events have them whatever the server logs. */
    private static final Set<EventField> RARE = EnumSet.of(EventField.TLS_NAMES);

    /**
     * What makes a mail server log a field.
     *
     * @param mta as in events
     * @param kind of the events that lack it
     * @param setting in the words of the server's configuration
     */
    record Advice(String mta, EventKind kind, EventField field, String setting) {}

    private static final String POSTFIX_HEADERS =
            "header_checks = pcre:/etc/postfix/header_checks, with the line /^(From|Reply-To|Sender):/ INFO in that file";
    private static final String POSTFIX_TLS = "smtpd_tls_loglevel = 1";
    private static final String POSTFIX_CERTIFICATES =
            "smtpd_tls_ask_ccert = yes and smtpd_tls_loglevel = routine,peercert";
    private static final String EXIM_SESSIONS = "log_selector = +smtp_connection +smtp_no_mail +incoming_port";
    private static final String EXIM_TLS = "log_selector = +tls_cipher";
    private static final String SENDMAIL_SESSIONS = "define(`confLOG_LEVEL', `10')";
    private static final String SENDMAIL_HELO = "define(`confLOG_LEVEL', `15')";
    private static final String HARAKA_LEVEL = "level=INFO and timestamps=true in config/log.ini";

    /** How those log that milters log of. */
    private static final String MILTER =
            "a milter that logs to the same host: OpenDKIM (SyslogSuccess yes, LogResults yes),"
                    + " OpenDMARC (SPFSelfValidate true) or rspamd";

    private static final List<Advice> TABLE = List.of(
            new Advice("postfix", EventKind.MESSAGE, EventField.HELO, POSTFIX_HEADERS),
            new Advice("postfix", EventKind.MESSAGE, EventField.FROM_DOMAINS, POSTFIX_HEADERS),
            new Advice("postfix", EventKind.MESSAGE, EventField.TLS_PROTOCOL, POSTFIX_TLS),
            new Advice("postfix", EventKind.CONNECTION, EventField.TLS_PROTOCOL, POSTFIX_TLS),
            new Advice("postfix", EventKind.MESSAGE, EventField.TLS_NAMES, POSTFIX_CERTIFICATES),
            new Advice("postfix", EventKind.CONNECTION, EventField.COMMANDS, "Postfix 3.0 or later"),
            new Advice("postfix", EventKind.MESSAGE, EventField.CLAIMS, MILTER),
            new Advice("exim", EventKind.CONNECTION, EventField.DURATION, EXIM_SESSIONS),
            new Advice("exim", EventKind.CONNECTION, EventField.COMMANDS, EXIM_SESSIONS),
            new Advice("exim", EventKind.MESSAGE, EventField.CLIENT_NAME, "host_lookup = *"),
            new Advice("exim", EventKind.MESSAGE, EventField.TLS_PROTOCOL, EXIM_TLS),
            new Advice("exim", EventKind.MESSAGE, EventField.RECIPIENTS, "log_selector = +received_recipients"),
            new Advice(
                    "exim",
                    EventKind.MESSAGE,
                    EventField.TLS_NAMES,
                    "tls_try_verify_hosts = * and log_selector = +tls_peerdn +tls_certificate_verified"),
            new Advice("exim", EventKind.MESSAGE, EventField.CLAIMS, "log_selector = +dkim_verbose"),
            new Advice("sendmail", EventKind.CONNECTION, EventField.DURATION, SENDMAIL_SESSIONS),
            new Advice("sendmail", EventKind.MESSAGE, EventField.HELO, SENDMAIL_HELO),
            new Advice("sendmail", EventKind.CONNECTION, EventField.HELO, SENDMAIL_HELO),
            new Advice(
                    "sendmail",
                    EventKind.MESSAGE,
                    EventField.TLS_NAMES,
                    "define(`confLOG_LEVEL', `12'), with the certificates of those who sign clients' in confCACERT"),
            new Advice("sendmail", EventKind.MESSAGE, EventField.CLAIMS, MILTER),
            new Advice(
                    "opensmtpd",
                    EventKind.MESSAGE,
                    EventField.CLAIMS,
                    "filter-rspamd, and an rspamd that logs to the same host"),
            new Advice("haraka", EventKind.CONNECTION, EventField.DURATION, HARAKA_LEVEL),
            new Advice("haraka", EventKind.MESSAGE, EventField.CLIENT_NAME, "fcrdns in config/plugins"),
            new Advice("haraka", EventKind.MESSAGE, EventField.CLAIMS, "spf, dkim and dns-list in config/plugins"));

    private LoggingAdvice() {}

    /**
     * The rows that would fill a field which few events have, for kinds of events that there are.
     *
     * @param counts by mail server
     */
    static List<Advice> of(Map<String, FieldCounts> counts) {
        return TABLE.stream()
                .filter(advice -> isWanted(advice, counts.get(advice.mta())))
                .toList();
    }

    private static boolean isWanted(Advice advice, FieldCounts counts) {
        if (counts == null) {
            return false;
        }
        FieldCounts.Field field = counts.field(advice.kind(), advice.field());
        if (field.events() == 0) {
            return advice.field() == EventField.DURATION; // no connection at all is told of
        }
        return RARE.contains(advice.field()) ? field.seen() == 0 : field.share() < FEW;
    }
}
