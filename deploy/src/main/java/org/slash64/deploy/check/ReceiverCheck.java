package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import org.slash64.enrichers.dns.DeadlineDns;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.DomainName;

/** What senders see of a receiver: one run, within {@link CheckLimits#DEADLINE}, which begins when it is made. */
public final class ReceiverCheck {
    private final Dns dns;

    public ReceiverCheck(Dns dns) {
        this.dns = new DeadlineDns(dns, CheckLimits.DEADLINE);
    }

    /** Looks at a domain; waits for all answers. */
    public CheckReport of(DomainName domain) {
        MxSet mx = new MxLookup(dns).of(domain);
        List<Finding> findings = new ArrayList<>(MxRules.findings(domain.ascii(), mx));
        if (!mx.targets().isEmpty()) {
            findings.add(new MxFallback(domain.ascii(), mx).finding());
        }
        return new CheckReport("receiver", domain.ascii(), findings, MxRules.notes(mx));
    }
}
