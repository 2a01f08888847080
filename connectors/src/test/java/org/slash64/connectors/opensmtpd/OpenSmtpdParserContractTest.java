package org.slash64.connectors.opensmtpd;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class OpenSmtpdParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new OpenSmtpdParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("0123456789abcdef smtp connected address={CLIENT} host=mail.example.org"),
                line("0123456789abcdef smtp tls ciphers=TLSv1.3:TLS_AES_256_GCM_SHA384:256"),
                line("0123456789abcdef smtp cert-check result=\"no certificate presented\" fingerprint=\"\""),
                line("0123456789abcdef smtp authentication user=a@example.org result=ok"),
                line("0123456789abcdef smtp authentication user=a@example.org result=permfail"),
                line("0123456789abcdef smtp message msgid=5f6a7b8c size=2048 nrcpt=1 proto=ESMTP"),
                line("0123456789abcdef smtp envelope evpid=5f6a7b8c01234567 from=<a@example.org>"
                        + " to=<b@example.net>"),
                line("0123456789abcdef smtp failed-command command=\"RCPT TO:<b@example.net>\" result=\"550"
                        + " Invalid recipient: <b@example.net>\""),
                line("0123456789abcdef smtp bad-input result=\"500 5.0.0 Line too long\""),
                line("0123456789abcdef smtp disconnected reason=quit"),
                line("0123456789abcdef smtp disconnected  reason=\"io-error: Connection reset by peer\""),
                line("0123456789abcdef mta delivery evpid=5f6a7b8c01234567 from=<a@example.org>"
                        + " to=<b@example.net> rcpt=<-> source=\"192.0.2.1\" relay=\"198.51.100.7 (mx)\" delay=1s"
                        + " result=\"Ok\" stat=\"250 2.0.0 OK\""),
                line("0123456789abcdef smtp event=connected address={CLIENT} host=mail.example.org"),
                line("0123456789abcdef smtp event=starttls address={CLIENT} host=mail.example.org"
                        + " ciphers=\"version=TLSv1.2, cipher=ECDHE-RSA-AES256-GCM-SHA384, bits=256\""),
                line("0123456789abcdef smtp event=authentication user=a address={CLIENT} host=h" + " result=permfail"),
                line("0123456789abcdef smtp event=message address={CLIENT} host=h msgid=5f6a7b8c"
                        + " from=<a@example.org> to=<b@example.net> size=1234 ndest=1 proto=ESMTP"),
                line("0123456789abcdef smtp event=failed-command address={CLIENT} host=h command=\"MAIL"
                        + " FROM:<a>\" result=\"550 no\""),
                line("0123456789abcdef smtp event=closed address={CLIENT} host=h reason=timeout"),
                line("smtp-in: New session 0123456789abcdef from host mail.example.org [{CLIENT}]"),
                line("smtp-in: Accepted message 4296f490 on session 0123456789abcdef: from=<a@example.org>,"
                        + " to=<b@example.net>, size=1746, ndest=1, proto=ESMTP"),
                line("smtp-in: Failed command on session 0123456789abcdef: \"MAIL FROM:<a@example.org>  \" =>"
                        + " 421 4.3.0: Temporary Error"),
                line("smtp-in: Started TLS on session 0123456789abcdef: version=TLSv1.2,"
                        + " cipher=ECDHE-RSA-AES256-GCM-SHA384, bits=256"),
                line("smtp-in: Authentication failed for user a on session 0123456789abcdef"),
                line("smtp-in: Disconnecting session 0123456789abcdef: session timed out"),
                line("smtp-in: Closing session 0123456789abcdef"),
                line("smtp-out: No MX found for example.net"));
    }

    private static Sample line(String message) {
        return new Sample("smtpd", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("\" result=\"", "\" => ", " address=", "command=\"", " from=<", "session ", ": \"");
    }
}
