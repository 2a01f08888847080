package org.slash64.connectors.spamassassin;

import java.util.List;
import org.slash64.connectors.log.LogParser;
import org.slash64.connectors.log.LogParserContract;

class SpamdParserContractTest extends LogParserContract {

    @Override
    protected LogParser parser() {
        return new SpamdParser();
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                line("spamd: result: Y 12 - BAYES_99,SPF_FAIL"
                        + " scantime=1.2,size=1234,user=mail,uid=8,required_score=5.0,rhost=::1,raddr=::1,rport=4"
                        + "711,mid=<1@example.org>,autolearn=no autolearn_force=no"),
                line("spamd: result: . -1 - DKIM_VALID"
                        + " scantime=0.3,size=1,user=x,uid=8,required_score=5.0,rhost=a,raddr=127.0.0.1,rport=/ru"
                        + "n/s,mid=<1@example.org>,rmid=<2@example.org>,bayes=0.000000,autolearn=ham,shortcircuit"
                        + "=no"),
                line("spamd: clean message (-1.9/5.0) for mail:8 in 0.3 seconds, 1234 bytes."),
                line("spamd: processing message <1@example.org> for mail:8"),
                line("spamd: server started on IO::Socket::IP [::1]:783 (running version 4.0.1)"),
                line("prefork: child states: II"));
    }

    private static Sample line(String message) {
        return new Sample("spamd", message);
    }

    @Override
    protected List<String> fragments() {
        return List.of(",mid=<", "SPF_PASS,", " scantime=", " - ");
    }
}
