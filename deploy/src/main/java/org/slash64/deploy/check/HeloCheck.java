package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;

/**
 * What hosts call themselves. A bounce has a null sender, so SPF can tell its origin by this name alone (RFC 7208 section
 * 2.4). Waits for all answers.
 */
final class HeloCheck {
    /** Names that one address is looked at with, where it is not known which is its own. */
    private static final int MAX_NAMES = 3;

    private static final String ADVICE =
            "publish SPF for the name in HELO, or bounces, which have no sender, do not authenticate";

    /** A host that calls itself so. */
    private record Caller(Address address, HostAddresses ofName, SpfResult spf) {
        boolean hasName() {
            return ofName.all().contains(address);
        }
    }

    private final Dns dns;
    private final Spf spf;
    private final List<DomainName> given;
    private final Optional<String> domain;
    private final Map<DomainName, List<Caller>> callers = new LinkedHashMap<>();

    /**
     * Begins.
     *
     * @param given what the hosts are said to call themselves
     * @param domain whose record is looked at anyway, and proposed only once
     */
    HeloCheck(Dns dns, List<DomainName> given, Optional<String> domain) {
        this.dns = dns;
        this.spf = new Spf(dns);
        this.given = List.copyOf(given);
        this.domain = domain;
    }

    /**
     * Looks at the names of one address: of those given the ones that have it, or else the first few; where none is given
     * its own.
     *
     * @param confirmed its PTR names that lead back to it
     */
    void add(Address address, List<String> confirmed) {
        if (given.isEmpty()) {
            confirmed.stream()
                    .map(DomainName::parse)
                    .filter(DomainName::isName)
                    .limit(MAX_NAMES)
                    .forEach(name -> add(address, name));
            return;
        }
        List<DomainName> its = given.stream()
                .filter(name -> hosts(name).all().contains(address))
                .toList();
        (its.isEmpty() ? given : its).stream().limit(MAX_NAMES).forEach(name -> add(address, name));
    }

    private void add(Address address, DomainName name) {
        SpfResult result =
                spf.check(SpfQuery.helo(address.toInetAddress(), name.ascii())).join();
        callers.computeIfAbsent(name, first -> new ArrayList<>()).add(new Caller(address, hosts(name), result));
    }

    private HostAddresses hosts(DomainName name) {
        return new HostLookup(dns).of(Lookups.name(name)).join();
    }

    /** All findings, by name. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        callers.forEach((name, hosts) -> {
            if (!given.isEmpty()) {
                hosts.forEach(host -> findings.add(forward(name.ascii(), host)));
            }
            List<String> record = record(name, hosts);
            hosts.forEach(host -> findings.add(spf(name.ascii(), host, record)));
        });
        return findings;
    }

    /** RFC 5321 section 2.3.5: the name in EHLO resolves. */
    private static Finding forward(String name, Caller host) {
        if (host.hasName()) {
            return Finding.pass(CheckKind.HELO, name, "has the address " + host.address());
        }
        Optional<String> unanswered = host.ofName().unanswered();
        return unanswered.isPresent()
                ? Finding.unanswered(CheckKind.HELO, name, unanswered.get())
                : Finding.warn(
                        CheckKind.HELO,
                        name,
                        "does not have the address " + host.address(),
                        "publish it, or let the host call itself by its own name",
                        List.of(ZoneLine.address(name, host.address())));
    }

    /** For all hosts of the name; none where the record that is there cannot be extended. */
    private List<String> record(DomainName name, List<Caller> hosts) {
        if (domain.equals(Optional.of(name.ascii()))) {
            return List.of();
        }
        List<Address> missing = hosts.stream()
                .filter(host -> isMissing(host.spf()))
                .map(Caller::address)
                .toList();
        SpfPublished published = new SpfSurvey(dns).published(name);
        Optional<String> text = published.texts().isEmpty()
                ? Optional.of(hosts.stream().allMatch(Caller::hasName) ? SpfText.ofItself() : SpfText.of(missing))
                : published.text().filter(there -> !missing.isEmpty()).map(there -> SpfText.adding(there, missing));
        return text.map(record -> List.of(ZoneLine.txt(name.ascii(), record))).orElse(List.of());
    }

    /** Whether publishing a record, or naming the host in it, would let it pass. */
    private static boolean isMissing(SpfResult result) {
        return result.status() == SpfStatus.NONE || SpfRepair.isMissing(result);
    }

    private static Finding spf(String name, Caller host, List<String> record) {
        SpfResult result = host.spf();
        String found = result.status().text() + " for " + host.address() + ": " + result.reason();
        if (result.status() == SpfStatus.PASS) {
            return Finding.pass(CheckKind.HELO_SPF, name, found);
        }
        if (result.status() == SpfStatus.TEMPERROR) {
            return Finding.unanswered(CheckKind.HELO_SPF, name, result.reason());
        }
        if (!isMissing(result)) {
            return Finding.fail(
                    CheckKind.HELO_SPF, name, found, "repair its SPF record, or bounces do not authenticate");
        }
        boolean seldomAsked =
                result.status() == SpfStatus.NONE && !host.address().v6();
        return seldomAsked // over IPv4 few receivers insist on authentication
                ? Finding.warn(CheckKind.HELO_SPF, name, found, ADVICE, record)
                : Finding.fail(CheckKind.HELO_SPF, name, found, ADVICE, record);
    }
}
