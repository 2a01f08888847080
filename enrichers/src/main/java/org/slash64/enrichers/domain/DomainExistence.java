package org.slash64.enrichers.domain;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.slash64.enrichers.dns.DnsOutcome;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Looks whether mail could go to a name. MX is asked first, A and AAAA only where there is none.
 *
 * <p>That the hosts of an MX have addresses is not looked at: it would cost two questions per host for every name, and
 * what the sender can change at will proves little. {@link ExistenceStatus#HAS_MX} says that MX records are there, no
 * more, as {@code reject_unknown_sender_domain} of Postfix has it.
 */
public final class DomainExistence {
    private final Dns dns;

    public DomainExistence(Dns dns) {
        this.dns = dns;
    }

    /**
     * Looks.
     *
     * @return complete at once when all answers are at hand; it fails only when the DNS client is closed
     */
    public CompletableFuture<Existence> check(DomainName name) {
        if (!name.isName()) {
            return ended(ExistenceStatus.INVALID, name.reason());
        }
        Name asked = name.toName();
        return dns.query(asked, Type.MX).thenCompose(mx -> ofMx(asked, mx));
    }

    private CompletableFuture<Existence> ofMx(Name name, DnsAnswer mx) {
        return switch (mx.outcome()) {
            case ANSWER -> ofMx(mx.records(MXRecord.class));
            case NODATA ->
                dns.query(name, Type.A).thenCombine(dns.query(name, Type.AAAA), DomainExistence::ofAddresses);
            case NXDOMAIN -> ended(ExistenceStatus.NXDOMAIN, "NXDOMAIN");
            case SERVFAIL, REFUSED, TIMEOUT, ERROR -> ended(ExistenceStatus.TEMPERROR, "MX lookup: " + shown(mx));
        };
    }

    /** RFC 7505 section 3 wants the root alone; beside other hosts it means nothing. */
    private static CompletableFuture<Existence> ofMx(List<MXRecord> hosts) {
        boolean none = hosts.stream().allMatch(mx -> mx.getTarget().equals(Name.root));
        return none
                ? ended(ExistenceStatus.NULL_MX, "takes no mail")
                : ended(ExistenceStatus.HAS_MX, hosts.size() + " MX");
    }

    private static Existence ofAddresses(DnsAnswer a, DnsAnswer aaaa) {
        if (a.outcome() == DnsOutcome.ANSWER || aaaa.outcome() == DnsOutcome.ANSWER) {
            int addresses = a.records().size() + aaaa.records().size();
            return new Existence(ExistenceStatus.ADDRESS_ONLY, "no MX, " + addresses + " addresses");
        }
        if (a.outcome().isTemporary() || aaaa.outcome().isTemporary()) {
            DnsAnswer unknown = a.outcome().isTemporary() ? a : aaaa;
            return new Existence(ExistenceStatus.TEMPERROR, "address lookup: " + shown(unknown));
        }
        return new Existence(ExistenceStatus.NO_MAIL_HOST, "no MX and no address");
    }

    private static String shown(DnsAnswer answer) {
        return answer.outcome() + ", " + answer.detail();
    }

    private static CompletableFuture<Existence> ended(ExistenceStatus status, String reason) {
        return CompletableFuture.completedFuture(new Existence(status, reason));
    }
}
