package org.slash64.topology.correlate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slash64.schemas.ClaimMethod;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;

/** From the lines of each mail server to events. */
class MailServersTest {

    private static Feed feed(String lines) {
        Feed feed = new Feed();
        lines.lines().filter(line -> !line.isBlank()).forEach(feed::raw);
        assertThat(feed.errors).isEmpty();
        return feed.settled();
    }

    @Test
    void exim_mainLog_givesConnectionMessageAndRejection() {
        Feed feed = feed("""
                2026-11-16 08:00:01 [100] SMTP connection from [2001:db8:1::25]:4711 I=[2001:db8::1]:25 (TCP/IP connection count = 1)
                2026-11-16 08:00:02 [101] H=mail.example.org (mx.example.org) [2001:db8:1::25]:4711 F=<a@example.org> rejected RCPT <x@example.net>: relay not permitted
                2026-11-16 08:00:03 [101] 1rPxyz-000001-Ab DKIM: d=example.org s=sel c=relaxed/relaxed a=rsa-sha256 b=2048 [verification succeeded]
                2026-11-16 08:00:03 [101] 1rPxyz-000001-Ab <= a@example.org H=mail.example.org (mx.example.org) [2001:db8:1::25]:4711 P=esmtps X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=no S=1234 id=one@example.org
                2026-11-16 08:00:04 [101] 1rPxyz-000001-Ab Completed
                2026-11-16 08:00:05 [101] SMTP connection from mail.example.org (mx.example.org) [2001:db8:1::25]:4711 closed by QUIT
                """);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message)
                .extracting(
                        SmtpEvent::getMta,
                        SmtpEvent::getClient,
                        SmtpEvent::getHelo,
                        SmtpEvent::getMailFrom,
                        SmtpEvent::getSize,
                        SmtpEvent::getMessageId)
                .containsExactly("exim", "2001:db8:1::25", "mx.example.org", "a@example.org", 1234L, "one@example.org");
        assertThat(message.getTlsProtocol()).isNotNull();
        assertThat(message.getClaims())
                .extracting(
                        claim -> claim.getSource(),
                        claim -> claim.getMethod(),
                        claim -> claim.getResult(),
                        claim -> claim.getDomain())
                .containsExactly(tuple("exim", ClaimMethod.DKIM, "pass", "example.org"));
        assertThat(feed.only(EventKind.REJECTION).getReplyCode()).isEqualTo(550);
        SmtpEvent connection = feed.only(EventKind.CONNECTION);
        assertThat(connection.getEnd()).isEqualTo(SessionEnd.QUIT);
        assertThat(connection.getDuration()).isEqualTo(Duration.ofSeconds(4).toMillis());
        assertThat(feed.events).extracting(SmtpEvent::getConnection).containsOnly(message.getConnection());
    }

    @Test
    void exim_withoutPortsAndProcessIds_givesAConnectionFromItsEndAlone() {
        Feed feed = feed("""
                2026-11-16 08:00:05 SMTP connection from mail.example.org (mx.example.org) [2001:db8:1::25] D=4s closed by QUIT
                """);
        SmtpEvent connection = feed.only(EventKind.CONNECTION);
        assertThat(connection.getDuration()).isEqualTo(4_000);
        assertThat(connection.getTime()).isEqualTo(Instant.parse("2026-11-16T08:00:01Z"));
    }

    @Test
    void exim_endToldTwice_isOneConnection() {
        Feed feed = feed("""
                2026-11-16 08:00:05.100 [7] SMTP connection from mail.example.org (mx.example.org) [2001:db8:1::25] closed by QUIT
                2026-11-16 08:00:05.300 [7] no MAIL in SMTP connection from mail.example.org (mx.example.org) [2001:db8:1::25] D=4.2s C=EHLO,QUIT
                """);
        assertThat(feed.of(EventKind.CONNECTION)).hasSize(1);
    }

    @Test
    void sendmail_namesTheClientLate_andItsRefusalIsStillTold() {
        Feed feed = feed("""
                Nov 16 08:00:01 mx1 sm-mta[4711]: 4AG801aa004711: <x@example.com>... User unknown
                Nov 16 08:00:05 mx1 sm-mta[4711]: 4AG801aa004711: from=<a@example.org>, size=0, class=0, nrcpts=0, proto=ESMTP, daemon=MTA-v6, relay=mail.example.org [IPv6:2001:db8:1::25]
                """);
        assertThat(feed.only(EventKind.REJECTION).getClient()).isEqualTo("2001:db8:1::25");
        assertThat(feed.only(EventKind.REJECTION).getTime()).isEqualTo(Instant.parse("2026-11-16T08:00:01Z"));
    }

    @Test
    void sendmail_milterRefusesWhatHasASize_givesTheRefusalAlone() {
        Feed feed = feed("""
                Nov 16 08:00:03 mx1 sm-mta[4711]: 4AG801aa004711: from=<a@example.org>, size=1234, class=0, nrcpts=2, msgid=<one@example.org>, proto=ESMTP, daemon=MTA-v6, relay=mail.example.org [IPv6:2001:db8:1::25]
                Nov 16 08:00:03 mx1 sm-mta[4711]: 4AG801aa004711: Milter: data, reject=550 5.7.1 Spam message rejected
                """);
        assertThat(feed.of(EventKind.MESSAGE)).isEmpty();
        assertThat(feed.only(EventKind.REJECTION))
                .extracting(SmtpEvent::getClient, SmtpEvent::getReplyCode)
                .containsExactly("2001:db8:1::25", 550);
    }

    @Test
    void exim_lineInPieces_isPutTogether() {
        Feed feed = feed("""
                2026-11-16T08:00:01+00:00 mx1 exim[7]: [1/2] 1rPxyz-000001-Ab <= a@example.org H=mail.example.org (mx.example.org) [2001:db8:1::25] P=esm
                2026-11-16T08:00:01+00:00 mx1 exim[7]: [2/2] tp S=1234 id=one@example.org
                """);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message.getSize()).isEqualTo(1234);
        assertThat(message.getMessageId()).isEqualTo("one@example.org");
    }

    /** All of them are in one record of a store. */
    @Test
    void piecesThatNeverMakeALine_areBounded() {
        Feed feed = new Feed(new SerializedCorrelationState());
        for (int pid = 0; pid < 100; pid++) {
            for (int piece = 1; piece <= 20; piece++) {
                feed.raw("2026-11-16T08:00:01+00:00 mx1 exim[%d]: [%d/80] 1rPxyz-000001-Ab <= %s"
                        .formatted(pid, piece, "x".repeat(60_000)));
            }
        }
        assertThat(feed.settled().incidents(CorrelatorStatistics.Incident.LINE_INCOMPLETE))
                .as("of 100 lines with 20 pieces of up to 1,000 characters, 200,000 characters are kept")
                .isGreaterThanOrEqualTo(80);
    }

    @Test
    void sendmail_givesMessageAndRejection() {
        Feed feed = feed("""
                Nov 16 08:00:01 mx1 sm-mta[4711]: STARTTLS=server, relay=mail.example.org [IPv6:2001:db8:1::25], version=TLSv1.3, verify=NO, cipher=TLS_AES_256_GCM_SHA384, bits=256/256
                Nov 16 08:00:02 mx1 sm-mta[4711]: ruleset=check_rcpt, arg1=<x@example.com>, relay=mail.example.org [IPv6:2001:db8:1::25], reject=550 5.7.1 <x@example.com>... Relaying denied
                Nov 16 08:00:03 mx1 sm-mta[4711]: 4AG801aa004711: from=<a@example.org>, size=1234, class=0, nrcpts=2, msgid=<one@example.org>, proto=ESMTPS, daemon=MTA-v6, relay=mail.example.org [IPv6:2001:db8:1::25]
                """);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message)
                .extracting(
                        SmtpEvent::getMta,
                        SmtpEvent::getClient,
                        SmtpEvent::getClientName,
                        SmtpEvent::getRecipients,
                        SmtpEvent::getTlsProtocol)
                .containsExactly("sendmail", "2001:db8:1::25", "mail.example.org", 2, "TLSv1.3");
        assertThat(feed.only(EventKind.REJECTION))
                .extracting(SmtpEvent::getReplyCode, SmtpEvent::getEnhancedStatus, SmtpEvent::getConnection)
                .containsExactly(550, "5.7.1", message.getConnection());
    }

    @Test
    void openSmtpd_givesConnectionAndMessageWithItsSender() {
        Feed feed = feed("""
                Nov 16 08:00:01 mx1 smtpd[9]: 5bd3d9f2a2e4b5c3 smtp connected address=[2001:db8:1::25] host=mail.example.org
                Nov 16 08:00:02 mx1 smtpd[9]: 77d3d9f2a2e4b5c4 smtp connected address=192.0.2.9 host=<unknown>
                Nov 16 08:00:03 mx1 smtpd[9]: 5bd3d9f2a2e4b5c3 smtp message msgid=aa11bb22 size=1234 nrcpt=1 proto=ESMTP
                Nov 16 08:00:03 mx1 smtpd[9]: 5bd3d9f2a2e4b5c3 smtp envelope evpid=aa11bb2233445566 from=<a@example.org> to=<b@example.net>
                Nov 16 08:00:04 mx1 smtpd[9]: 77d3d9f2a2e4b5c4 smtp failed-command command="RCPT TO:<x@example.net>" result="550 Invalid recipient: <x@example.net>"
                Nov 16 08:00:05 mx1 smtpd[9]: 77d3d9f2a2e4b5c4 smtp disconnected reason=quit
                Nov 16 08:00:06 mx1 smtpd[9]: 5bd3d9f2a2e4b5c3 smtp disconnected reason=quit
                """);
        assertThat(feed.of(EventKind.CONNECTION))
                .extracting(SmtpEvent::getClient)
                .containsExactlyInAnyOrder("2001:db8:1::25", "192.0.2.9");
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message)
                .extracting(SmtpEvent::getMta, SmtpEvent::getMailFrom, SmtpEvent::getSize)
                .containsExactly("opensmtpd", "a@example.org", 1234L);
        assertThat(feed.only(EventKind.REJECTION).getReplyCode()).isEqualTo(550);
    }

    @Test
    void haraka_givesOneMessageWithClaims() {
        Feed feed = feed("""
                Nov 16 08:00:01 mx1 haraka[6]: [NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] connect ip=2001:db8:1::25 port=21957 local_ip=2001:db8::1 local_port=25
                Nov 16 08:00:02 mx1 haraka[6]: [INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [spf] identity=mfrom ip=2001:db8:1::25 domain="example.org" mfrom=<a@example.org> result=Pass
                Nov 16 08:00:02 mx1 haraka[6]: [NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] sender <a@example.org> code=CONT msg=""
                Nov 16 08:00:03 mx1 haraka[6]: [INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [dkim_verify] identity="@example.org" domain="example.org" selector="s1" result=pass
                Nov 16 08:00:03 mx1 haraka[6]: [NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] message mid="<one@example.org>" size=1234 rcpts=1/0/0 delay=8.925 code=CONT msg=""
                Nov 16 08:00:04 mx1 haraka[6]: [NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] queue code=OK msg="ok (3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1)"
                Nov 16 08:00:05 mx1 haraka[6]: [NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] disconnect ip=2001:db8:1::25 rdns="mail.example.org" helo="mail.example.org" relay=N early=N esmtp=Y tls=Y pipe=N errors=0 txns=1 rcpts=1/0/0 msgs=1/0/0 bytes=1234 lr="" time=4
                """);
        SmtpEvent message = feed.only(EventKind.MESSAGE);
        assertThat(message)
                .extracting(SmtpEvent::getMta, SmtpEvent::getClient, SmtpEvent::getMailFrom, SmtpEvent::getMessageId)
                .containsExactly("haraka", "2001:db8:1::25", "a@example.org", "one@example.org");
        assertThat(message.getClaims())
                .extracting(claim -> claim.getMethod() + " " + claim.getResult())
                .contains("SPF pass", "DKIM pass");
        assertThat(feed.only(EventKind.CONNECTION).getConnection()).isEqualTo(message.getConnection());
    }

    private static final String POSTFIX = """
            2026-11-16T08:00:%1$s.100+00:00 mx1 postfix/smtpd[7]: connect from mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:%1$s.200+00:00 mx1 postfix/smtpd[7]: 4RtY1k2Lz9z%1$s: client=mail.example.org[2001:db8:1::25]
            2026-11-16T08:00:%1$s.300+00:00 mx1 postfix/cleanup[8]: 4RtY1k2Lz9z%1$s: message-id=<m%1$s@example.org>
            2026-11-16T08:00:%1$s.600+00:00 mx1 postfix/qmgr[9]: 4RtY1k2Lz9z%1$s: from=<a@example.org>, size=1234, nrcpt=1 (queue active)
            2026-11-16T08:00:%1$s.700+00:00 mx1 postfix/smtpd[7]: disconnect from mail.example.org[2001:db8:1::25] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
            """;

    @Test
    void openDkim_isJoinedByQueueId() {
        Feed feed = feed(POSTFIX.formatted("01")
                + "2026-11-16T08:00:01.400+00:00 mx1 opendkim[3]: 4RtY1k2Lz9z01: DKIM verification successful\n"
                + "2026-11-16T08:00:01.500+00:00 mx1 opendmarc[4]: 4RtY1k2Lz9z01: example.org pass\n");
        assertThat(feed.only(EventKind.MESSAGE).getClaims())
                .extracting(claim -> claim.getSource() + " " + claim.getResult())
                .containsExactlyInAnyOrder("opendkim pass", "opendmarc pass");
    }

    /** That a program tells by Message-ID is known from its first line on. */
    @Test
    void spamd_isJoinedByMessageId() {
        String spamd =
                "2026-11-16T08:00:%1$s.%2$s+00:00 mx1 spamd[3]: spamd: result: Y 12 - SPF_FAIL scantime=1.2,size=1,"
                        + "user=mail,uid=8,required_score=5.0,rhost=::1,raddr=::1,rport=4711,mid=<m%1$s@example.org>,autolearn=no\n";
        Feed feed = feed(spamd.formatted("00", "000")
                + POSTFIX.formatted("01")
                + spamd.formatted("01", "900")
                + POSTFIX.formatted("20").replace("smtpd[7]", "smtpd[70]")
                + spamd.formatted("20", "250"));
        assertThat(feed.of(EventKind.MESSAGE))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.getClaims())
                        .anySatisfy(claim -> assertThat(claim.getScore()).isEqualTo(12.0)));
    }

    @Test
    void event_saysWhatWasSeenAndWhatIsMissing() {
        SmtpEvent message = feed(POSTFIX.formatted("01")).only(EventKind.MESSAGE);
        assertThat(message.getSeen())
                .contains(EventField.CLIENT_NAME, EventField.MAIL_FROM, EventField.SIZE)
                .doesNotContain(EventField.HELO);
        assertThat(message.getMissing())
                .contains(
                        new MissingField(EventField.HELO, MissingReason.NOT_LOGGED),
                        new MissingField(EventField.FROM_DOMAINS, MissingReason.NOT_LOGGED));
        SmtpEvent nameless = feed(POSTFIX.formatted("01").replace("mail.example.org[", "unknown["))
                .only(EventKind.MESSAGE);
        assertThat(nameless.getMissing()).contains(new MissingField(EventField.CLIENT_NAME, MissingReason.NO_NAME));
        SmtpEvent screened = feed("2026-11-16T08:00:05+00:00 mx1 postfix/postscreen[5]: NOQUEUE: reject: RCPT from"
                        + " [192.0.2.2]:4711: 550 5.5.1 Protocol error; from=<a@b.example>, to=<c@d.example>,"
                        + " proto=ESMTP, helo=<h>\n")
                .only(EventKind.REJECTION);
        assertThat(screened.getMissing())
                .as("postscreen looks up no names")
                .contains(new MissingField(EventField.CLIENT_NAME, MissingReason.NOT_LOGGED));
        String header = "2026-11-16T08:00:01.310+00:00 mx1 postfix/cleanup[8]: 4RtY1k2Lz9z01: info: header From: "
                + "x".repeat(194)
                + " from mail.example.org[2001:db8:1::25]; from=<a@example.org> to=<b@example.net> proto=ESMTP helo=<h>\n";
        assertThat(feed(POSTFIX.formatted("01") + header)
                        .only(EventKind.MESSAGE)
                        .getMissing())
                .contains(new MissingField(EventField.FROM_DOMAINS, MissingReason.CUT));
    }
}
