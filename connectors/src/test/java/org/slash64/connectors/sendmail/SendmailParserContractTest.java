package org.slash64.connectors.sendmail;

import java.util.List;
import java.util.stream.Stream;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class SendmailParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new SendmailParser();
    }

    @Override
    protected List<Sample> samples() {
        return Stream.of(
                        "5SAF11x012345: from=<a@example.com>, size=2048, class=0, nrcpts=1, msgid=<1@example.com>,"
                                + " bodytype=8BITMIME, proto=ESMTP, daemon=MTA, relay=mail.example.com [{CLIENT}]",
                        "5SAF11xA012345: from=<a@example.com>, size=0, class=0, nrcpts=0, proto=ESMTP, daemon=MTA,"
                                + " relay=mail.example.com [{CLIENT}] (may be forged)",
                        "5SAF11xA012345: from=<a@example.com>, size=2048, class=0, nrcpts=1, msgid=<1@example.com>,"
                                + " bodytype=8BITMIME, proto=ESMTP, daemon=MTA, relay=user@mail.example.com [{CLIENT}]",
                        "5SAF11xA012345: ruleset=check_rcpt, arg1=<b@example.org>, relay=x.example.com [{CLIENT}] (may be"
                                + " forged), reject=550 5.7.1 <b@example.org>... Relaying denied",
                        "ruleset=check_relay, arg1=x.example.com, arg2=192.0.2.1, relay=x.example.com [{CLIENT}],"
                                + " reject=421 4.3.2 Connection rate limit exceeded.",
                        "5SAF11xA012345: ruleset=check_subject, arg1=buy now, relay=[{CLIENT}], reject=553 5.0.0 Header",
                        "5SAF11xA012345: Milter: to=<b@example.org>, reject=450 4.7.1 Greylisted",
                        "5SAF11xA012345: Milter: data, reject=554 5.7.1 spam",
                        "5SAF11xA012345: [{CLIENT}]: possible SMTP attack: command=AUTH, count=5",
                        "5SAF11xA012345: mail.example.com [{CLIENT}]: EXPN root [rejected]",
                        "5SAF11xA012345: mail.example.com [{CLIENT}] (may be forged) did not issue MAIL/EXPN/VRFY/ETRN"
                                + " during connection to MTA",
                        "5SAF11xA012345: lost input channel from mail.example.com [{CLIENT}] to MTA-v4 after rcpt",
                        "5SAF11xA012345: timeout waiting for input from [{CLIENT}] during server cmd read",
                        "5SAF11xA012345: rejecting commands from x.example.com [{CLIENT}] due to pre-greeting traffic"
                                + " after 6 seconds",
                        "5SAF11xA012345: AUTH failure (LOGIN): authentication failure (-13) SASL(-13): checkpass failed,"
                                + " user=a, relay=x.example.com [{CLIENT}] (may be forged)",
                        "AUTH=server, relay=x.example.com [{CLIENT}], authid=user, mech=PLAIN, bits=0",
                        "STARTTLS=server, relay=x.example.com [{CLIENT}], version=TLSv1.3, verify=NO,"
                                + " cipher=TLS_AES_256_GCM_SHA384, bits=256/256",
                        "STARTTLS=server, cert-subject=/C=UK/CN=client.example.com, cert-issuer=/CN=ca, verifymsg=ok",
                        "NOQUEUE: connect from x.example.com [{CLIENT}]",
                        "5SAF11xA012345: collect: relay=x.example.com [{CLIENT}], from=<a@b>, info=unexpected close",
                        "5SAF11xA012345: <b@example.org>... User unknown",
                        "5SAF11xA012345: <-- EHLO client.example.com",
                        "5SAF11xA012345: to=<b@example.org>, delay=00:00:01, mailer=local, dsn=2.0.0, stat=Sent",
                        "5SAF11xA012345: done; delay=00:00:01, ntries=1")
                .map(message -> new Sample("sm-mta", message.replace("5SAF11x012345", "5SAF11xA012345")))
                .toList();
    }

    @Override
    protected List<String> fragments() {
        return List.of(
                ", relay=x [192.0.2.1]",
                ", relay=x [192.0.2.1], reject=550 ",
                ", size=1, class=0, nrcpts=1",
                "[192.0.2.1]",
                ", proto=",
                "<(",
                "<\"",
                "/CN=a");
    }
}
