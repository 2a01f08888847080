package org.slash64.connectors.amavis;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class AmavisParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new AmavisParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("(12345-06-2) Passed CLEAN {RelayedInbound}, [192.0.2.1]:4711 [192.0.2.1]"
                        + " <a@example.org> -> <b@example.net>,<c@example.net>, Queue-ID: 4F1A2B3C4D,"
                        + " Message-ID: <1@example.org>, mail_id: AbCdEfGhIjKl, Hits: -1.9, size: 1234,"
                        + " queued_as: 5F1A2B3C4D, dkim_sd=sel:example.org, 123 ms"),
                line("(12345-06) Blocked SPAM {DiscardedInbound,Quarantined}, MYNETS LOCAL"
                        + " [IPv6:2001:db8::1]:25 ESMTPS/ESMTP <\"x y\"@example.org> -> <b@example.net>,"
                        + " quarantine: a/spam-x.gz, Queue-ID: 4F1A2B3C4D, Message-ID: <1@example.org>, mail_id:"
                        + " AbC, b: xx, Hits: 12.345, size: 1, Subject: \"buy, Hits: -9\", From: a@b, helo=x,"
                        + " Tests: [BAYES_99=3.5,SPF_FAIL=1], 5 ms"),
                line("(12345-06) Checking: AbCdEfGhIjKl [192.0.2.1] <a@example.org> -> <b@example.net>"),
                line("(12345-06) (!)connect to /var/run/clamav/clamd.ctl failed"),
                line("starting. /usr/sbin/amavisd-new at mx amavisd-new-2.13.0"));
    }

    private static Sample line(String message) {
        return new Sample("amavis", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of(
                ", Queue-ID: ",
                ", Hits: 1",
                ", Subject: \"",
                "> -> <",
                ",<a@b>",
                ", dkim_sd=",
                ", Tests: [",
                "SPF_PASS,");
    }
}
