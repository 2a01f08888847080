package org.slash64.connectors.opensmtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.log.LineError.Reason;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Described;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Malformed;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;

class OpenSmtpdParserTest {

    private static final String ID = "0123456789abcdef";
    private static final Address V6 = Address.parse("2001:db8::1").orElseThrow();
    private static final Session KNOWN = new Session("smtpd", ID, V6, "mail.example.org");
    private static final Session SESSION = new Session("smtpd", ID, null, null);

    private final OpenSmtpdParser parser = new OpenSmtpdParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "smtpd", 1, message));
    }

    private Rejected rejected(String message) {
        return (Rejected) parse(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + " smtp connected address=[2001:db8::1] host=mail.example.org",
                ID + " smtp event=connected address=2001:db8::1 host=mail.example.org",
                "smtp-in session=" + ID + " event=connected address=2001:db8::1 host=mail.example.org",
                "smtp-in: New session " + ID + " from host mail.example.org [2001:db8::1]",
                "smtp-in: New session " + ID + " from host mail.example.org [[IPv6:2001:db8::1]]",
            })
    void parse_connect_isTheClient(String message) {
        assertThat(parse(message)).isEqualTo(new Connected(KNOWN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + " smtp connected address=2001:db8::1 host=<unknown>",
                "smtp-in: New session " + ID + " from host <unknown> [2001:db8::1]",
            })
    void parse_clientWithoutName_hasNone(String message) {
        assertThat(parse(message)).isEqualTo(new Connected(new Session("smtpd", ID, V6, null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + " smtp connected address=local host=mx.example.org",
                "smtp-in: New session " + ID + " from host mx.example.org [local]",
            })
    void parse_localClient_isOfTheHost(String message) {
        assertThat(parse(message)).isEqualTo(new Ignored(Why.LOCAL_ORIGIN));
    }

    @Test
    void parse_message_isReceivedAndItsEnvelopeDescribed() {
        assertThat(parse(ID + " smtp message msgid=5f6a7b8c size=2048 nrcpt=2 proto=ESMTP"))
                .isEqualTo(new Received(
                        SESSION, "5f6a7b8c", new Envelope(null, null, "ESMTP", null, null), null, 2048L, 2, null));
        assertThat(parse(ID + " smtp envelope evpid=5f6a7b8c01234567 from=<> to=<b@example.net>"))
                .isEqualTo(new Described(
                        SESSION, "5f6a7b8c", new Envelope("", "b@example.net", null, null, null), null, null, null));
    }

    @Test
    void parse_messageOfOlderVersions_tellsItsEnvelope() {
        Envelope envelope = new Envelope("a@example.org", "b@example.net", "ESMTP", null, null);
        assertThat(parse(ID + " smtp event=message address=2001:db8::1 host=mail.example.org msgid=5f6a7b8c"
                        + " from=<a@example.org> to=<b@example.net> size=1234 ndest=1 proto=ESMTP"))
                .isEqualTo(new Received(KNOWN, "5f6a7b8c", envelope, null, 1234L, null, null));
        assertThat(parse("smtp-in: Accepted message 5f6a7b8c on session " + ID + ": from=<a@example.org>,"
                        + " to=<b@example.net>, size=1234, ndest=1, proto=ESMTP"))
                .isEqualTo(new Received(SESSION, "5f6a7b8c", envelope, null, 1234L, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "' smtp disconnected reason=quit',",
        "' smtp disconnected reason=timeout', TIMEOUT",
        "' smtp disconnected reason=disconnect', LOST",
        "' smtp disconnected  reason=ca-failure', LOST",
        "' smtp disconnected reason=\"io-error: Connection reset by peer\"', LOST",
        "' smtp event=closed address=2001:db8::1 host=mail.example.org reason=quit',",
    })
    void parse_end_tellsHow(String text, Loss loss) {
        Disconnected end = (Disconnected) parse(ID + text);
        assertThat(end.session().id()).isEqualTo(ID);
        assertThat(end.succeeded()).isEqualTo(Map.of());
        assertThat(end.ending()).isEqualTo(new Ending(loss, null, null, false));
    }

    @ParameterizedTest
    @CsvSource({
        "smtp-in: Closing session 0123456789abcdef,",
        "smtp-in: Disconnecting session 0123456789abcdef: session timed out, TIMEOUT",
        "smtp-in: Received disconnect from session 0123456789abcdef, LOST",
    })
    void parse_endInOldWords_tellsHow(String message, Loss loss) {
        assertThat(((Disconnected) parse(message)).ending().loss()).isEqualTo(loss);
    }

    @Test
    void parse_tooManyFailedRecipients_isALostConnection() {
        assertThat(parse("smtp-in: Ending session " + ID + ": too many failed RCPT"))
                .isEqualTo(new ConnectionLost(SESSION, "RCPT", Loss.TOO_MANY_ERRORS));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                " smtp tls ciphers=TLSv1.3:TLS_AES_256_GCM_SHA384:256|TLSv1.3|TLS_AES_256_GCM_SHA384",
                " smtp event=starttls ciphers=\"version=TLSv1.2, cipher=ECDHE-X, bits=256\"|TLSv1.2|ECDHE-X",
                " smtp tls ciphers=version=TLSv1.2, cipher=ECDHE-X, bits=256|TLSv1.2|ECDHE-X",
                " smtp tls ciphers=other||other",
            },
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false)
    void parse_tls_hasProtocolAndCipher(String text, String protocol, String cipher) {
        assertThat(parse(ID + text)).isEqualTo(new TlsStarted(SESSION, new Tls(protocol, cipher, List.of())));
    }

    @Test
    void parse_authentication_isToldOnceForEachAttempt() {
        assertThat(parse(ID + " smtp authentication user=a result=ok"))
                .isEqualTo(new Helo(SESSION, new Envelope(null, null, null, null, Envelope.UNNAMED_MECHANISM)));
        assertThat(parse(ID + " smtp authentication user=a result=permfail"))
                .isEqualTo(new AuthFailed(SESSION, Envelope.UNNAMED_MECHANISM, "permfail"));
        assertThat(parse(ID + " smtp authentication user=a result=tempfail"))
                .isEqualTo(new Ignored(Why.AUTH_UNAVAILABLE));
        assertThat(parse(ID + " smtp failed-command command=\"AUTH PLAIN (...)\" result=\"535 Authentication failed\""))
                .isEqualTo(new Ignored(Why.NO_EVENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + " smtp authentication user=\"x result=permfail",
                ID + " smtp authentication user=<x result=permfail",
                ID + " smtp event=authentication user=x\\sresult=ok address=2001:db8::1 host=h result=permfail",
                "smtp-in: Authentication failed for user mysession on session " + ID,
            })
    void parse_userNameThatImitatesAField_isAFailedAttempt(String message) {
        assertThat(parse(message)).isInstanceOf(AuthFailed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ID + " smtp failed-command command=\"RCPT TO:<b@example.net>\" result=\"550 5.1.1 Invalid recipient\"",
                ID + " smtp event=failed-command address=2001:db8::1 host=h command=\"RCPT TO:<b@example.net>\""
                        + " result=\"550 5.1.1: Invalid recipient\"",
                "smtp-in: Failed command on session " + ID + ": \"RCPT TO:<b@example.net>\" => 550 5.1.1: Invalid"
                        + " recipient",
            })
    void parse_refusedRecipient_isTheReply(String message) {
        Rejected rejected = rejected(message);
        assertThat(rejected.stage()).isEqualTo("RCPT");
        assertThat(rejected.reply()).isEqualTo(new Reply(550, "5.1.1", "Invalid recipient"));
        assertThat(rejected.envelope()).isEqualTo(new Envelope(null, "b@example.net", null, null, null));
        assertThat(rejected.endsMessage()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "mail from:<a@example.org>|MAIL|false",
                "EHLO example|EHLO|false",
                "DATA|DATA|true",
                "AUTH LOGIN (username)|AUTH|false",
                "FOO bar|UNKNOWN|false",
                "''|UNKNOWN|false",
                "\\^V\\^C\\^A|UNKNOWN|false",
            },
            delimiter = '|')
    void parse_refusedCommand_isItsStage(String command, String stage, boolean ends) {
        Rejected rejected = rejected(ID + " smtp failed-command command=\"" + command + "\" result=\"503 5.5.1 No\"");
        assertThat(rejected.stage()).isEqualTo(stage);
        assertThat(rejected.endsMessage()).isEqualTo(ends);
    }

    @Test
    void parse_commandThatImitatesAReply_isTheCommand() {
        Rejected rejected = rejected(ID + " smtp failed-command command=\"EHLO x\" result=\"250 ok\" y=\"\""
                + " result=\"501 5.5.2 Invalid domain name\"");
        assertThat(rejected.reply().code()).isEqualTo(501);
        assertThat(rejected.envelope().helo()).startsWith("x\" result=");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                " smtp connected host=x|BROKEN_STATEMENT",
                " smtp connected address=192.0.2 host=x|BAD_CLIENT_ADDRESS",
                " smtp disconnected x|BROKEN_STATEMENT",
                " smtp message size=3|BROKEN_STATEMENT",
                " smtp envelope evpid=12 from=<a>|BROKEN_STATEMENT",
                " smtp failed-command command=\"x|BROKEN_STATEMENT",
                " smtp bad-input x|BROKEN_STATEMENT",
            },
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false)
    void parse_brokenStatement_tellsWhy(String text, Reason reason) {
        assertThat(((Malformed) parse(ID + text)).error().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "0123456789abcdef mta connected|NOT_RECEPTION",
                "0123456789abcdef mda delivery evpid=1|NOT_RECEPTION",
                "0123456789abcdef smtp something new|UNKNOWN_STATEMENT",
                "smtp-out: Enabling route [] -> x|NOT_RECEPTION",
                "warn: loop detected|WARNING",
                "getnameinfo: mail.example.org: Name or service not known|WARNING",
                "getaddrinfo: mail.example.org: Try again|WARNING",
                "Exiting|NOT_RECEPTION",
                "OpenSMTPD 7.4.0 starting|NOT_RECEPTION",
                "connect from mail.example.org[192.0.2.1]|UNKNOWN_STATEMENT",
            },
            delimiter = '|')
    void parse_otherLine_isIgnored(String message, Why why) {
        assertThat(parse(message)).isEqualTo(new Ignored(why));
    }

    @Test
    void writes_postfixSmtpd_isNotOurs() {
        assertThat(parser.writes("postfix/smtpd")).isFalse();
        assertThat(parser.writes("smtpd")).isTrue();
    }
}
