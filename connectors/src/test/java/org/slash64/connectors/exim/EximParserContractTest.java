package org.slash64.connectors.exim;

import java.util.List;
import java.util.stream.Stream;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class EximParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new EximParser();
    }

    @Override
    protected List<Sample> samples() {
        return Stream.of(
                        "1xVdTq-0001uI-0P <= a@example.com H=mail.example.com (client.example.com) [{CLIENT}]:55952"
                                + " I=[2001:db8::25]:25 P=esmtpsa L.- X=TLS1.3:TLS_AES_256_GCM_SHA384:256 CV=yes"
                                + " DN=\"O=Example\\, Inc,CN=client.example.com\" A=plain:user S=276 M8S=0 RT=0.003s"
                                + " id=abc@example.com T=\"hi \\\"there\\\"\" from <a@example.com> for b@example.org",
                        "1xVdTq-000000001uI-0P00 <= <> H=(x) [{CLIENT}] Ci=12 P=smtp K S=12",
                        "1xVdTq-0001uI-0P Completed",
                        "H=(x) [{CLIENT}]:55996 I=[2001:db8::25]:25 F=<> rejected RCPT <b@example.org>: 550 5.1.1 Unknown",
                        "H=mail.example.com [{CLIENT}] X=TLS1.3:X:256 CV=no F=<a@example.com> temporarily rejected RCPT"
                                + " <b@example.org>: Greylisted",
                        "1xVdTs-0001uU-0a H=(x) [{CLIENT}] F=<a@example.com> rejected after DATA: spam",
                        "H=(bad.helo) [{CLIENT}] rejected EHLO or HELO bad.helo: bad helo name",
                        "H=[{CLIENT}]:43160 rejected connection in \"connect\" ACL: Country is banned",
                        "1Ai79e-0000Dq-8i F=a@example.com H=x [{CLIENT}] P=smtp rejected by local_scan(): Rejected",
                        "rejected HELO from (x) [{CLIENT}]: syntactically invalid argument(s): (no argument given)",
                        "rejected MAIL FROM:<a@example.com> H=(x) [{CLIENT}]: message too big: size=9 max=8",
                        "rejected from <a@example.com> H=(x) [{CLIENT}]: message too big: read=9 max=8",
                        "unqualified sender rejected: <root> H=[{CLIENT}]:43130",
                        "too many recipients: message rejected: sender=<a@example.com> H=(x) [{CLIENT}]",
                        "plain authenticator failed for (x) [{CLIENT}]:55962: 535 Incorrect authentication data (set_id=u)",
                        "SMTP protocol error in \"AUTH FOO bar\" H=(x) [{CLIENT}] FOO authentication mechanism not supported",
                        "SMTP syntax error in \"FOO\" H=(x) [{CLIENT}] unrecognized command",
                        "SMTP protocol synchronization error (input sent without waiting for greeting): rejected"
                                + " connection from H=[{CLIENT}] input=\"GET / HTTP/1.1\\r\\n\"",
                        "SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised):"
                                + " rejected \"RSET\" H=(x) [{CLIENT}] next input=\"QUIT\\r\\n\"",
                        "SMTP connection from [{CLIENT}]:55952 I=[2001:db8::25]:25 (TCP/IP connection count = 1)",
                        "SMTP connection from (x) [{CLIENT}] closed by QUIT",
                        "SMTP connection from [{CLIENT}]:55040 lost D=0.010s",
                        "1xVdTs-0001uU-0a SMTP connection from x [{CLIENT}] lost while reading message data (header)",
                        "SMTP call from (x) [{CLIENT}] dropped: too many nonmail commands (last was \"NOOP\")",
                        "SMTP command timeout on TLS connection from (x) [{CLIENT}]:56088 D=3s",
                        "SMTP data timeout (message abandoned) on connection from (x) [{CLIENT}] F=<a@example.com>",
                        "unexpected disconnection while reading SMTP command from (x) [{CLIENT}]:56042 D=2m42s",
                        "no MAIL in SMTP connection from (x) [{CLIENT}] D=0.200s C=EHLO,AUTH,QUIT",
                        "Connection from [{CLIENT}]:43398 refused: too many connections",
                        "1xVdU8-0001ut-3C DKIM: d=example.com s=sel c=relaxed/relaxed a=rsa-sha256 b=2048"
                                + " [verification succeeded]",
                        "1xVdU8-0001ut-3C DMARC results: spf_domain=example.com dmarc_domain=example.com spf_align=yes"
                                + " dkim_align=no enforcement='Accept'",
                        "1VxHRO-000NiI-Ly SA: Action: silently tossed message: score=31.0 required=5.0 (scanned)",
                        "[1/5] 2026-11-16 08:00:01 1xVdTq-0001uI-0P <= a@example.com",
                        "2026-11-16 08:00:01.123 +0100 [12] H=(x) [{CLIENT}] F=<> rejected RCPT <b@example.org>: no")
                .map(message -> new Sample("exim", message))
                .toList();
    }

    @Override
    protected List<String> fragments() {
        return List.of(
                " (x) [192.0.2.1]",
                ") [192.0.2.1] P=esmtp",
                "\" H=[192.0.2.1]",
                " H=[192.0.2.1] rejected ",
                " T=\"",
                " DN=\"x\" A=",
                " for a@b",
                " F=<\"",
                " D=1s",
                "\\\"");
    }
}
