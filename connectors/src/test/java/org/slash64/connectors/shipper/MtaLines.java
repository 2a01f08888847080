package org.slash64.connectors.shipper;

import java.util.List;

/** Lines of every program that is read, for a search to start from. */
final class MtaLines {

    static final List<String> ALL = List.of(
            "Nov 16 08:00:01 mx1 postfix/smtpd[1]: connect from a.example.org[2001:db8::1]",
            "Nov 16 08:00:01 mx1 postfix/submission/smtpd[1]: 4F1A2B3C4D: client=a[::ffff:192.0.2.1], sasl_username=b",
            "Nov 16 08:00:01 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from a[192.0.2.1]: 450 4.7.1 <b@c>: d; from=<e>"
                    + " to=<f> proto=ESMTP helo=<g>",
            "Nov 16 08:00:01 mx1 postfix/smtpd[1]: disconnect from a[192.0.2.1] ehlo=1 rcpt=0/1 commands=1/2",
            "Nov 16 08:00:01 mx1 postfix/cleanup[1]: 4F1A2B3C4D: info: header From: A <a@b.example> from c[192.0.2.1];"
                    + " from=<e> to=<f> proto=ESMTP helo=<g>",
            "Nov 16 08:00:01 mx1 postfix/postscreen[1]: NOQUEUE: reject: RCPT from [2001:db8::1]:4711: 550 5.7.1 a; from=<b>,"
                    + " to=<c>, proto=ESMTP, helo=<d>",
            "2026-11-16 08:00:01 1tCabc-000001-AB <= a@b.example H=c (d) [2001:db8::1]:25 I=[2001:db8::2]:25 P=esmtps"
                    + " X=TLS1.3:X:256 S=1 id=e@f",
            "Nov 16 08:00:01 mx1 exim[7]: [1/2] 2026-11-16 08:00:01 H=(a) [192.0.2.1] F=<b@c> rejected RCPT <d@e>: f",
            "2026-11-16 08:00:01 1tCabc-000001-AB DKIM: d=a.example s=b c=relaxed/relaxed a=rsa-sha256 [verification"
                    + " succeeded]",
            "Nov 16 08:00:01 mx1 sm-mta[7]: 4AG801xx000001: from=<a@b>, size=1, nrcpts=1, msgid=<c@d>, proto=ESMTPS,"
                    + " daemon=MTA, relay=e [IPv6:2001:db8::1]",
            "Nov 16 08:00:01 mx1 sm-mta[7]: 4AG801xx000001: ruleset=check_rcpt, arg1=<a@b>, relay=c [192.0.2.1],"
                    + " reject=550 5.7.1 <a@b>... Relaying denied",
            "Nov 16 08:00:01 mx1 smtpd[7]: 0123456789abcdef smtp connected address=2001:db8::1 host=a.example",
            "Nov 16 08:00:01 mx1 smtpd[7]: 0123456789abcdef smtp message msgid=01234567 size=1 nrcpt=1 proto=ESMTP",
            "Nov 16 08:00:01 mx1 haraka[7]: [NOTICE] [8D5F1E6C-0001-4F1A-9B2C-0123456789AB] [core] connect ip=2001:db8::1"
                    + " port=4711 local_ip=:: local_port=25",
            "Nov 16 08:00:01 mx1 rspamd[7]: <abcdef>; task; rspamd_task_write_log: id: <a@b>, qid: <4F1A2B3C4D>, ip:"
                    + " 192.0.2.1, from: <c@d>, (default: F (reject): [15.00/15.00] [R_SPF_FAIL(1.00){-all;}]), len: 1",
            "Nov 16 08:00:01 mx1 opendkim[7]: 4F1A2B3C4D: DKIM verification successful (s=a d=b.example, 2048-bit key)",
            "Nov 16 08:00:01 mx1 opendmarc[7]: 4F1A2B3C4D: a.example fail",
            "Nov 16 08:00:01 mx1 amavis[7]: (00007-01) Blocked SPAM {DiscardedInbound}, [192.0.2.1]:25 [192.0.2.1] <a@b> ->"
                    + " <c@d>, Queue-ID: 4F1A2B3C4D, Message-ID: <e@f>, mail_id: x, Hits: 12.3, size: 1, 100 ms",
            "Nov 16 08:00:01 mx1 spamd[7]: spamd: result: Y 15 - A,B scantime=0.1,size=1,user=c,uid=1,required_score=5.0,"
                    + "rhost=localhost,raddr=127.0.0.1,rport=1,mid=<d@e>,bayes=1.0,autolearn=no");

    private MtaLines() {}
}
