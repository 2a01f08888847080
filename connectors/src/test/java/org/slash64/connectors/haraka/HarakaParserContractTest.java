package org.slash64.connectors.haraka;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class HarakaParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new HarakaParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] connect ip={CLIENT} port=21957"
                        + " local_ip=192.0.2.25 local_port=25"),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] disconnect ip={CLIENT}"
                        + " rdns=\"mail.example.org\" helo=\"mail.example.org\" relay=N early=N esmtp=Y tls=Y pipe=N"
                        + " errors=0 txns=1 rcpts=1/0/2 msgs=1/0/0 bytes=173692 lr=\"550 no\" time=13.937"),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] sender <a@example.org>"
                        + " code=CONT msg=\"\""),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] sender <> code=DENYSOFT"
                        + " msg=\"4.7.1 later\""),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] recipient <\"x>"
                        + " y\"@example.net> code=DENY msg=\"no such user\" sender=\"a@example.org\""),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] message"
                        + " mid=\"<1@example.org>\" size=173692 rcpts=1/0/0 delay=8.925 code=CONT msg=\"\""),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] queue code=OK msg=\"ok"
                        + " 1478291735 qp 49341 (3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1)\""),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] hook=ehlo plugin=helo.checks"
                        + " function=valid_hostname params=\"x\" retval=DENY msg=\"HELO host has no dot\""),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [core] hook=rcpt"
                        + " plugin=rcpt_to.in_host_list function=hook_rcpt params=\"<b@example.net>\" retval=OK"
                        + " msg=\"\""),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] client dropped connection"
                        + " ip=192.0.2.1"),
                line("[WARN] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] client connection timed out"
                        + " ip=192.0.2.1"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [core] deny(soft?) overridden by deny" + " hook"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [tls] secured:"
                        + " cipher=TLS_AES_256_GCM_SHA384 version=TLSv1.3 verified=true cn=\"mail.example.org\""
                        + " organization=\"x\""),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [spf] identity=helo ip=192.0.2.1"
                        + " domain=\"mail.example.org\" mfrom=<postmaster@mail.example.org> result=None"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [spf] identity=mfrom ip=192.0.2.1"
                        + " domain=\"example.org\" mfrom=<a@example.org> result=Pass"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [fcrdns] ip={CLIENT} "
                        + " rdns=\"mail.example.org\" rdns_len=1 fcrdns=\"mail.example.org\" fcrdns_len=1"
                        + " other_ips_len=0 invalid_tlds=0 generic_rdns=false"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [dkim] identity=\"@example.org\""
                        + " domain=\"example.org\" selector=\"s1\" result=pass "),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [dns-list] pass:a.example,"
                        + " fail:zen.spamhaus.org, bl.spamcop.net, msg:x"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [karma] score: -4, good: 0, bad: 2,"
                        + " connections: 2, history: -2"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [spamassassin] status=No,"
                        + " score=-15.0, required=5.0, reject=0, tests=\"DKIM_VALID,\\r  SPF_PASS\""),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1] [rspamd] is_spam: false, score: 2.5,"
                        + " required_score: 15, action: no action, R_SPF_ALLOW: -0.2, messages: x"),
                line("[NOTICE] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [auth/flat_file] delaying for 1" + " seconds"),
                line("[INFO] [3E6A027F-8307-4DA4-B105-2A39EC4B58D4] [karma] tarpitting response for 2s"),
                line("[INFO] [-] [core] loading tls"),
                line("level=NOTICE uuid=3E6A027F-8307-4DA4-B105-2A39EC4B58D4 origin=core message=connect"
                        + " ip={CLIENT} port=21957 local_ip=192.0.2.25 local_port=25"),
                line("level=NOTICE uuid=3E6A027F-8307-4DA4-B105-2A39EC4B58D4.1 origin=core message=\"sender"
                        + " <a@example.org>\" code=CONT msg=\"\""));
    }

    private static Sample line(String message) {
        return new Sample("haraka", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("\" code=", "ip=", "key=\"", "\\\" ", ", fail:", "[INFO] [", "> code=DENY", " result=");
    }
}
