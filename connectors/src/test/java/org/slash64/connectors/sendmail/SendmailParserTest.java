package org.slash64.connectors.sendmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.log.LogLine;
import org.slash64.connectors.log.SmtpFact;
import org.slash64.connectors.log.SmtpFact.AuthFailed;
import org.slash64.connectors.log.SmtpFact.Connected;
import org.slash64.connectors.log.SmtpFact.ConnectionLost;
import org.slash64.connectors.log.SmtpFact.Disconnected;
import org.slash64.connectors.log.SmtpFact.Ending;
import org.slash64.connectors.log.SmtpFact.Envelope;
import org.slash64.connectors.log.SmtpFact.Helo;
import org.slash64.connectors.log.SmtpFact.Ignored;
import org.slash64.connectors.log.SmtpFact.Ignored.Why;
import org.slash64.connectors.log.SmtpFact.InSession;
import org.slash64.connectors.log.SmtpFact.Kind;
import org.slash64.connectors.log.SmtpFact.Loss;
import org.slash64.connectors.log.SmtpFact.Received;
import org.slash64.connectors.log.SmtpFact.Rejected;
import org.slash64.connectors.log.SmtpFact.Removed;
import org.slash64.connectors.log.SmtpFact.Reply;
import org.slash64.connectors.log.SmtpFact.Session;
import org.slash64.connectors.log.SmtpFact.Tls;
import org.slash64.connectors.log.SmtpFact.TlsStarted;
import org.slash64.schemas.Address;

class SendmailParserTest {

    private static final String ID = "4AG7abcd012345";
    private static final Address CLIENT = Address.parse("2001:db8::1").orElseThrow();
    private static final Session SESSION = new Session("sendmail", null, CLIENT, "mail.example.com");
    private static final Session OF_PROCESS = new Session("sendmail", null, null, null);
    private static final String RELAY = "relay=mail.example.com [IPv6:2001:db8::1]";

    private final SendmailParser parser = new SendmailParser();

    private SmtpFact parse(String message) {
        return parser.parse(new LogLine(Instant.EPOCH, "mx", "sm-mta", 12345, message));
    }

    private SmtpFact of(String statement) {
        return parse(ID + ": " + statement);
    }

    private static Session client(SmtpFact fact) {
        return ((InSession) fact).session();
    }

    @Test
    void programs() {
        for (String program : List.of("sendmail", "sendmail-in", "sm-mta", "sm-msp-queue", "sm-acceptingconnections")) {
            assertTrue(parser.writes(program), program);
        }
        for (String program : List.of("postfix/sendmail", "sm-notify", "opensmtpd", "sm")) {
            assertFalse(parser.writes(program), program);
        }
    }

    @Test
    void message_received() {
        SmtpFact fact =
                of("from=<a@example.com>, size=2048, class=0, nrcpts=2, msgid=<1@example.com>, bodytype=8BITMIME,"
                        + " proto=ESMTPS, daemon=MTA-v6, " + RELAY);
        Envelope envelope = new Envelope("a@example.com", null, "ESMTP", null, null);
        assertEquals(new Received(SESSION, ID, envelope, "1@example.com", 2048L, 2, null), fact);
    }

    @Test
    void message_withoutMessageIdAndByANullSender() {
        SmtpFact fact = of("from=<>, size=2048, class=0, nrcpts=1, proto=SMTP, daemon=MTA, relay=[192.0.2.1]");
        Session session =
                new Session("sendmail", null, Address.parse("192.0.2.1").orElseThrow(), null);
        Envelope envelope = new Envelope("", null, "SMTP", null, null);
        assertEquals(new Received(session, ID, envelope, null, 2048L, 1, null), fact);
    }

    @Test
    void message_byAnAuthenticatedClient() {
        Received fact = (Received) of("from=<a@b>, size=2, class=0, nrcpts=1, proto=ESMTPSA, daemon=MSA, " + RELAY);
        assertEquals(Envelope.UNNAMED_MECHANISM, fact.envelope().saslMethod());
        fact = (Received)
                of("from=<a@b>, size=2, class=0, nrcpts=1, proto=ESMTP, daemon=MSA, tls_verify=NONE, auth=PLAIN, "
                        + RELAY);
        assertEquals("PLAIN", fact.envelope().saslMethod());
        fact = (Received) of("from=<a@b>, size=2, class=0, nrcpts=1, proto=ESMTP, daemon=MSA, auth=NONE, " + RELAY);
        assertNull(fact.envelope().saslMethod());
    }

    @Test
    void message_nameThatMayBeForged_isNoName() {
        Session session = client(of("from=<a@b>, size=2, class=0, nrcpts=1, " + RELAY + " (may be forged)"));
        assertNull(session.clientName());
        assertEquals(CLIENT, session.client());
    }

    @Test
    void message_answerOfAnIdentServer_isNoName() {
        Session session = client(of("from=<a@b>, size=2, class=0, nrcpts=1, relay=me@mail.example.com [2001:db8::1]"));
        assertEquals("mail.example.com", session.clientName());
    }

    @Test
    void message_addressesThatImitateAClient_areNotBelieved() {
        for (String line : List.of(
                "from=<\"x, size=1, class=0, nrcpts=1, relay=y [192.0.2.9]\"@b>, size=2, class=0, nrcpts=1, " + RELAY,
                "from=<(>, size=1, class=0, nrcpts=1, relay=y [192.0.2.9])a@b>, size=2, class=0, nrcpts=1, " + RELAY,
                "from=<a@b>, size=2, class=0, nrcpts=1, msgid=<x, proto=ESMTPSA, relay=y [192.0.2.9]>, proto=ESMTP, "
                        + RELAY)) {
            Received fact = (Received) of(line);
            assertEquals(SESSION, fact.session(), line);
            assertEquals(2L, fact.size(), line);
            assertNull(fact.envelope().saslMethod(), line);
        }
    }

    @Test
    void message_byATrustedCertificate() {
        TlsStarted fact = (TlsStarted)
                parse("STARTTLS=server, " + RELAY + ", version=TLSv1.2, verify=OK, cipher=AES256-SHA, bits=256/256");
        assertTrue(fact.trusted());
    }

    @Test
    void message_thatNeverCame_tellsWhatTheClientSaid() {
        Envelope envelope = new Envelope("a@b", null, "ESMTP", null, null);
        assertEquals(
                new Helo(SESSION, envelope),
                of("from=<a@b>, size=0, class=0, nrcpts=0, proto=ESMTP, daemon=MTA, " + RELAY));
        assertEquals(
                new Helo(SESSION, envelope),
                of("from=<a@b>, size=0, class=0, nrcpts=1, proto=ESMTP, daemon=MTA, " + RELAY));
    }

    @Test
    void message_ofTheHostItself_isIgnored() {
        assertEquals(
                new Ignored(Why.LOCAL_ORIGIN),
                of("from=root, size=300, class=0, nrcpts=1, msgid=<1@mx>, relay=root@localhost"));
    }

    @Test
    void message_senderThatIsCut() {
        String sender = "a".repeat(199);
        Received fact =
                (Received) of("from=<" + sender + ", size=2, class=0, nrcpts=1, msgid=<1@b>, proto=ESMTP, " + RELAY);
        assertEquals(sender, fact.envelope().from());
        assertEquals("1@b", fact.messageId());
    }

    @Test
    void deliveries_areIgnored_andDoneRemovesTheMessage() {
        assertEquals(
                new Ignored(Why.NOT_RECEPTION),
                of("to=<b@c>, delay=00:00:01, relay=mx.example.net [192.0.2.7], dsn=2.0.0, stat=Sent (ok)"));
        assertEquals(new Removed(ID), of("done; delay=00:00:01, ntries=1"));
    }

    @Test
    void rule_refusesARecipient() {
        SmtpFact fact = of("ruleset=check_rcpt, arg1=<b@c>, " + RELAY + ", reject=550 5.7.1 <b@c>... Relaying denied");
        Envelope envelope = new Envelope(null, "b@c", null, null, null);
        Reply reply = new Reply(550, "5.7.1", "<b@c>... Relaying denied");
        assertEquals(new Rejected(SESSION, ID, "RCPT", reply, envelope, false, true), fact);
    }

    @Test
    void rule_stages() {
        Map<String, String> stages = Map.of(
                "check_relay, arg1=x, arg2=192.0.2.1", "CONNECT",
                "check_mail, arg1=<a@b>", "MAIL",
                "check_data, arg1=1", "DATA",
                "check_eoh, arg1=9 $| 300", "END-OF-MESSAGE",
                "tls_client, arg1=SOFTWARE", "CONNECT",
                "CheckSubject, arg1=buy, now", "END-OF-MESSAGE");
        stages.forEach((rule, stage) -> {
            Rejected fact = (Rejected) of("ruleset=" + rule + ", " + RELAY + ", reject=451 4.1.8 no");
            assertEquals(stage, fact.stage(), rule);
            assertEquals(SESSION, fact.session(), rule);
            assertEquals(new Reply(451, "4.1.8", "no"), fact.reply());
        });
    }

    @Test
    void rule_argumentThatImitatesAClient_isNotBelieved() {
        String fake = ", relay=y [192.0.2.9], reject=550 x";
        assertEquals(
                SESSION,
                client(of("ruleset=check_rcpt, arg1=<\"a" + fake + "\"@b>, " + RELAY + ", reject=550 <\"a" + fake
                        + "\"@b>... no")));
        assertEquals(
                SESSION,
                client(of("ruleset=check_subject, arg1=a" + fake + ", " + RELAY + ", reject=553 5.0.0 Header")));
    }

    @Test
    void rule_thatRefusesNothing() {
        assertEquals(new Ignored(Why.NOT_REFUSED), of("ruleset=check_rcpt, arg1=<b@c>, " + RELAY + ", discard"));
        assertEquals(
                new Ignored(Why.NOT_RECEPTION),
                of("ruleset=tls_server, arg1=SOFTWARE, " + RELAY + ", reject=403 4.7.0 TLS"));
    }

    @Test
    void milter_refuses() {
        Map<String, String> stages = Map.of(
                "Milter: from=<a@b>, reject=550 5.7.1 no", "MAIL",
                "Milter: to=<a@b>, reject=550 5.7.1 no", "RCPT",
                "Milter: helo=x, reject=550 5.7.1 no", "HELO",
                "Milter: cmd=data, reject=550 5.7.1 no", "DATA",
                "Milter: data, reject=550 5.7.1 no", "END-OF-MESSAGE");
        stages.forEach((line, stage) -> {
            Rejected fact = (Rejected) of(line);
            assertEquals(stage, fact.stage(), line);
            assertEquals(new Reply(550, "5.7.1", "no"), fact.reply(), line);
            assertEquals(OF_PROCESS, fact.session());
            assertEquals(ID, fact.queueId());
        });
        assertEquals(new Ignored(Why.NOT_REFUSED), of("Milter: data, discard"));
        assertEquals(new Ignored(Why.NO_EVENT), of("Milter insert (1): header: X: y"));
    }

    @Test
    void recipient_unknown() {
        Rejected fact = (Rejected) of("<b@c>... User unknown");
        assertEquals(new Reply(550, "5.1.1", "User unknown"), fact.reply());
        assertEquals("b@c", fact.envelope().to());
        assertEquals(OF_PROCESS, fact.session());
    }

    @Test
    void client_triesOutAddressesAndPasswords() {
        Rejected fact = (Rejected) of("mail.example.com [2001:db8::1]: expn info [rejected]");
        assertEquals("EXPN", fact.stage());
        assertEquals(502, fact.reply().code());
        AuthFailed attack = (AuthFailed) of("[2001:db8::1]: possible SMTP attack: command=AUTH, count=5");
        assertEquals("possible SMTP attack: command=AUTH, count=5", attack.text());
        assertEquals(new Ignored(Why.WARNING), of("[2001:db8::1]: possible SMTP attack: command=HELO/EHLO, count=5"));
    }

    @Test
    void authentication_fails() {
        AuthFailed fact =
                (AuthFailed) of("AUTH failure (LOGIN): authentication failure (-13) SASL(-13): checkpass failed,"
                        + " user=criminal, relay=[192.0.2.100], " + RELAY);
        assertEquals("LOGIN", fact.method());
        assertEquals(SESSION, fact.session());
        assertEquals(
                new Ignored(Why.AUTH_UNAVAILABLE),
                of("AUTH failure (LOGIN): generic failure (-1) SASL(-1): x, " + RELAY));
    }

    @Test
    void authentication_succeeds() {
        assertEquals(
                new Helo(SESSION, new Envelope(null, null, null, null, "PLAIN")),
                parse("AUTH=server, " + RELAY + ", authid=a, mech=X@b, mech=PLAIN, bits=0"));
    }

    @Test
    void encryption() {
        assertEquals(
                new TlsStarted(SESSION, new Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", List.of())),
                parse("STARTTLS=server, " + RELAY
                        + ", version=TLSv1.3, verify=NO, cipher=TLS_AES_256_GCM_SHA384, bits=256/256"));
        assertEquals(
                new TlsStarted(OF_PROCESS, new Tls(null, null, List.of("client.example.com"))),
                parse("STARTTLS=server, cert-subject=/C=UK/CN=Client.example.com, cert-issuer=/CN=ca, verifymsg=ok"));
        assertEquals(
                new Ignored(Why.NO_EVENT),
                parse("STARTTLS=server, cert-subject=/CN=x, cert-issuer=/CN=, verifymsg=ok, verifymsg=self signed"));
        assertEquals(
                new Ignored(Why.NOT_RECEPTION),
                parse(
                        "STARTTLS=client, relay=mx.example.net [192.0.2.7], version=TLSv1.3, verify=OK, cipher=X, bits=1/1"));
    }

    @Test
    void connections() {
        assertEquals(new Connected(SESSION), parse("NOQUEUE: connect from mail.example.com [2001:db8::1]"));
        assertEquals(
                new ConnectionLost(SESSION, "RCPT", Loss.LOST),
                of("lost input channel from mail.example.com [2001:db8::1] to MTA-v4 after rcpt"));
        assertEquals(
                new ConnectionLost(OF_PROCESS, null, Loss.TIMEOUT),
                of("timeout waiting for input from localhost during server cmd read"));
        assertEquals(
                new Ignored(Why.NOT_RECEPTION),
                of("timeout waiting for input from mx.example.net during client greeting"));
        assertEquals(
                new Disconnected(SESSION, Map.of(), Map.of(), new Ending(null, null, null, true)),
                of("mail.example.com [2001:db8::1] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"));
    }

    @Test
    void client_talksTooEarly() {
        Rejected fact =
                (Rejected) of("rejecting commands from  [2001:db8::1] due to pre-greeting traffic after 0 seconds");
        assertEquals("CONNECT", fact.stage());
        assertEquals(554, fact.reply().code());
        assertEquals(CLIENT, fact.session().client());
        assertEquals(new Ignored(Why.NO_EVENT), parse("rejecting connections on daemon MTA: load average: 12"));
    }

    @Test
    void content_breaksOff() {
        String line = "collect: relay=mail.example.com [2001:db8::1], from=<a@b>, info=";
        assertEquals(new ConnectionLost(SESSION, "DATA", Loss.TIMEOUT), of("SYSERR(root): " + line + "read timeout"));
        assertEquals(new ConnectionLost(SESSION, "DATA", Loss.LOST), of(line + "unexpected close, where=body"));
        assertEquals(new Ignored(Why.WARNING), of("SYSERR(root): collect: Cannot write ./df (bfcommit)"));
    }

    @Test
    void client_isRefusedByTcpWrappers() {
        Rejected fact = (Rejected) parse("NOQUEUE: tcpwrappers (mail.example.com, IPv6:2001:db8::1) rejection");
        assertEquals(SESSION, fact.session());
        assertEquals("CONNECT", fact.stage());
        fact = (Rejected) parse("NOQUEUE: tcpwrappers ([192.0.2.1], 192.0.2.1) rejection");
        assertNull(fact.session().clientName());
    }

    @Test
    void client_isRefusedWithoutARule() {
        Rejected greeting =
                (Rejected) of("invalid domain name (x) from y [192.0.2.9]) from mail.example.com [2001:db8::1]");
        assertEquals("x) from y [192.0.2.9]", greeting.envelope().helo());
        assertEquals(SESSION, greeting.session());
        Rejected proxy = (Rejected) of("[2001:db8::1]: probable open proxy: command=GET / HTTP/1.1\\r\\n");
        assertEquals(CLIENT, proxy.session().client());
        assertEquals(0, proxy.reply().code());
    }

    @Test
    void greeting_isLoggedFromLevel15On() {
        assertEquals(
                new Helo(OF_PROCESS, new Envelope(null, null, "ESMTP", "client.example.com", null)),
                of("<-- EHLO client.example.com"));
        assertEquals(new Ignored(Why.NO_EVENT), of("<-- QUIT"));
    }

    @Test
    void partsOfALongLine() {
        String first = "from=<a@b>, size=2, class=0, nrcpts=1, " + RELAY;
        assertThat(parse(ID + "[1]: " + first)).isInstanceOf(Received.class);
        assertEquals(new Ignored(Why.NO_EVENT), parse(ID + "[2]: " + first));
    }

    @Test
    void badAddress_isMalformed() {
        assertEquals(
                Kind.MALFORMED,
                of("from=<a@b>, size=2, class=0, nrcpts=1, relay=x [300.1.1.1]").kind());
    }
}
