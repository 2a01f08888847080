package org.slash64.deploy.conformance;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.slash64.testkit.conformance.spf.SuiteAnswer;
import org.slash64.testkit.conformance.spf.SuiteZone;
import org.xbill.DNS.Name;

/** The DNS of a suite's scenario, to ask. A time-out takes no time. */
final class SuiteDns implements Dns {

    private final SuiteZone zone;

    SuiteDns(SuiteZone zone) {
        this.zone = zone;
    }

    @Override
    public CompletableFuture<DnsAnswer> query(Name name, int type) {
        SuiteAnswer answer = zone.lookup(name, type);
        DnsOutcome outcome = outcome(answer.kind());
        String detail = outcome == DnsOutcome.ANSWER ? "" : answer.kind().name();
        return CompletableFuture.completedFuture(new DnsAnswer(outcome, answer.records(), Duration.ZERO, detail));
    }

    private static DnsOutcome outcome(SuiteAnswer.Kind kind) {
        return switch (kind) {
            case ANSWER -> DnsOutcome.ANSWER;
            case NODATA -> DnsOutcome.NODATA;
            case NXDOMAIN -> DnsOutcome.NXDOMAIN;
            case SERVFAIL -> DnsOutcome.SERVFAIL;
            case TIMEOUT -> DnsOutcome.TIMEOUT;
            case CNAME_LOOP -> DnsOutcome.ERROR;
        };
    }
}
