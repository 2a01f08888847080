package org.slash64.connectors.postfix;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class PostfixParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new PostfixParser();
    }

    @Override
    protected List<Sample> samples() {
        String attributes = "; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<mail.example.com>";
        return List.of(
                smtpd("connect from mail.example.com[{CLIENT}]"),
                smtpd("disconnect from unknown[{CLIENT}] ehlo=1 mail=1 rcpt=0/1 commands=2/3"),
                smtpd("lost connection after DATA (17 bytes) from unknown[{CLIENT}]"),
                smtpd("timeout after END-OF-MESSAGE from mail.example.com[{CLIENT}]"),
                smtpd("too many errors after RCPT from unknown[{CLIENT}]"),
                smtpd("4F1A2B3C4D: client=mail.example.com[{CLIENT}], sasl_method=PLAIN, sasl_username=a"),
                smtpd("NOQUEUE: reject: RCPT from unknown[{CLIENT}]: 450 4.7.1 <b@example.org>: Greylisted"
                        + attributes),
                smtpd("4F1A2B3C4D: reject: DATA from unknown[{CLIENT}]: 550 5.7.1 <DATA>: Data command rejected"
                        + attributes),
                smtpd("proxy-reject: END-OF-MESSAGE: 550 5.7.1 spam" + attributes),
                smtpd("Anonymous TLS connection established from mail.example.com[{CLIENT}]: TLSv1.3 with cipher"
                        + " TLS_AES_256_GCM_SHA384 (256/256 bits)"),
                smtpd("warning: unknown[{CLIENT}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6"),
                new Sample("postfix/cleanup", "4F1A2B3C4D: message-id=<1@example.com>"),
                new Sample(
                        "postfix/cleanup",
                        "4F1A2B3C4D: milter-reject: END-OF-MESSAGE from mail.example.com[{CLIENT}]: 5.7.1 spam"
                                + attributes),
                new Sample(
                        "postfix/cleanup",
                        "4F1A2B3C4D: reject: header Subject: x from mail.example.com[{CLIENT}]" + attributes
                                + ": 5.7.1 no"),
                new Sample("postfix/qmgr", "4F1A2B3C4D: from=<a@example.com>, size=5360, nrcpt=1 (queue active)"),
                new Sample("postfix/qmgr", "4F1A2B3C4D: removed"));
    }

    private static Sample smtpd(String message) {
        return new Sample("postfix/smtpd", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("; helo=<", "; from=<a> to=<b>", " from x[192.0.2.1]", "; from=<\"", ">, size=1, nrcpt=", ", =");
    }
}
