package org.slash64.enrichers.spf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;

/**
 * The client's names as far as they are known: RFC 7208 section 5.5. The first ten that its address has count, and of
 * these the ones that have its address.
 */
final class ClientNames {
    private final ClientAddress client;
    private final List<Name> tested;
    private final List<Name> confirmed = new ArrayList<>();

    /** Of the answer to the question for the client's names; an answer that says nothing leaves none. */
    ClientNames(ClientAddress client, DnsAnswer answer) {
        this.client = client;
        this.tested = answer.records(PTRRecord.class).stream()
                .limit(SpfLimits.MAX_PTR_NAMES)
                .map(PTRRecord::getTarget)
                .toList();
    }

    List<Name> tested() {
        return tested;
    }

    /** Takes the addresses of a name; of an answer that says nothing, none. */
    void addresses(Name name, DnsAnswer answer) {
        if (answer.records().stream().anyMatch(record -> client.isNear(record, Network.BITS_4, Network.BITS_6))) {
            confirmed.add(name);
        }
    }

    /** Whether a confirmed name is this domain or below it. */
    boolean anyIn(Domain domain) {
        return confirmed.stream().anyMatch(name -> name.subdomain(domain.name()));
    }

    /** RFC 7208 section 7.3 on the p macro: the domain itself, else a name below it, else any. */
    Optional<String> best(Domain domain) {
        return confirmed.stream()
                .filter(name -> name.equals(domain.name()))
                .findFirst()
                .or(() -> confirmed.stream()
                        .filter(name -> name.subdomain(domain.name()))
                        .findFirst())
                .or(() -> confirmed.stream().findFirst())
                .map(name -> name.toString(true));
    }
}
