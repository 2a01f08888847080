package org.slash64.connectors.opendmarc;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class OpenDmarcParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new OpenDmarcParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("4F1A2B3C4D: example.org pass"),
                line("4F1A2B3C4D: SPF(mailfrom): example.org softfail"),
                line("4F1A2B3C4D: SPF(helo): mail.example.org none"),
                line("4F1A2B3C4D: RFC5322 requirement error: missing From field; accepting"),
                line("4F1A2B3C4D: opendmarc_policy_query_dmarc(example.org) returned status 5"),
                line("ignoring connection from localhost"),
                line("OpenDMARC Filter v1.4.2 starting (args: -f)"));
    }

    private static Sample line(String message) {
        return new Sample("opendmarc", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of("example.org ", "SPF(mailfrom): ", " pass");
    }
}
