package org.slash64.deploy.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slash64.enrichers.dkim.DkimKeyLookup;
import org.slash64.enrichers.dkim.DkimKeyReport;
import org.slash64.enrichers.dns.DeadlineDns;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.enrichers.fcrdns.Fcrdns;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;

/** What others see of a sender: one run, within a deadline that begins when it is made. */
public final class SenderCheck {
    /** For the record of an address whose owner is not known. */
    private static final String NAME_OF_YOURS = "mail.YOUR-DOMAIN";

    private final Dns dns;
    private final SenderQuestion question;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Within {@link CheckLimits#DEADLINE}. */
    public SenderCheck(Dns dns, SenderQuestion question) {
        this(dns, question, CheckLimits.DEADLINE);
    }

    /** Within another deadline. */
    public SenderCheck(Dns dns, SenderQuestion question, Duration deadline) {
        this.dns = new DeadlineDns(dns, deadline);
        this.question = question;
    }

    /** Looks at one address; waits for all answers. */
    public CheckReport ofAddress(Address address) {
        HeloCheck helo = new HeloCheck(dns, question.heloNames(), Optional.empty());
        host(
                helo,
                address,
                new Fcrdns(dns).check(address.toInetAddress()).join(),
                question.heloNames().isEmpty()
                        ? NAME_OF_YOURS
                        : question.heloNames().get(0).ascii());
        findings.addAll(helo.findings());
        return new CheckReport("sender", address.toString(), findings, notes);
    }

    /** Looks at a domain and the addresses that send for it; waits for all answers. */
    public CheckReport ofDomain(DomainName domain) {
        String name = domain.ascii();
        MxSet mx = new MxLookup(dns).of(domain);
        findings.addAll(MxRules.findings(name, mx));
        notes.addAll(MxRules.notes(mx));
        SpfFacts facts = new SpfSurvey(dns).of(domain);
        SendingAddresses addresses = SendingAddresses.of(question, facts, mx);
        notes.addAll(addresses.notes());
        Map<Address, SpfResult> results = senders(domain, addresses, facts);
        findings.addAll(new SpfRules(name, facts, results).findings());
        hosts(results.keySet().stream().toList(), mx, name);
        keys(name);
        return new CheckReport("sender", name, findings, notes);
    }

    /** The addresses that send, each with its SPF; of the MX targets those that the record lets send. */
    private Map<Address, SpfResult> senders(DomainName domain, SendingAddresses addresses, SpfFacts facts) {
        boolean noRecord = facts.published().texts().isEmpty();
        Map<Address, SpfResult> results = new LinkedHashMap<>();
        spf(domain, addresses.named()).forEach(results::put);
        spf(domain, addresses.received()).forEach((address, result) -> {
            if (noRecord || result.status() == SpfStatus.PASS) {
                results.put(address, result);
            } else {
                notes.add(address + " is an MX target's, and SPF does not let it send ("
                        + result.status().text() + "): if it sends, name it with --address");
            }
        });
        if (results.isEmpty()) {
            notes.add("no address that sends is known: name those with --address");
        }
        return results;
    }

    private Map<Address, SpfResult> spf(DomainName domain, List<Address> addresses) {
        Spf spf = new Spf(dns);
        String helo = question.heloNames().isEmpty()
                ? domain.ascii()
                : question.heloNames().get(0).ascii();
        List<CompletableFuture<SpfResult>> checks = addresses.stream()
                .map(address ->
                        spf.check(SpfQuery.mailFrom(address.toInetAddress(), "postmaster@" + domain.ascii(), helo)))
                .toList();
        List<SpfResult> results = Lookups.await(checks);
        Map<Address, SpfResult> byAddress = new LinkedHashMap<>();
        for (int i = 0; i < addresses.size(); i++) {
            byAddress.put(addresses.get(i), results.get(i));
        }
        return byAddress;
    }

    private void hosts(List<Address> addresses, MxSet mx, String domain) {
        HeloCheck helo = new HeloCheck(dns, question.heloNames(), Optional.of(domain));
        Fcrdns fcrdns = new Fcrdns(dns);
        List<CompletableFuture<FcrdnsResult>> checks = addresses.stream()
                .map(address -> fcrdns.check(address.toInetAddress()))
                .toList();
        List<FcrdnsResult> results = Lookups.await(checks);
        for (int i = 0; i < addresses.size(); i++) {
            host(helo, addresses.get(i), results.get(i), wantedName(addresses.get(i), mx, domain));
        }
        findings.addAll(helo.findings());
    }

    private void host(HeloCheck helo, Address address, FcrdnsResult reverse, String wantedName) {
        findings.addAll(AddressRules.findings(address));
        findings.addAll(ReverseRules.findings(address, reverse, wantedName));
        helo.add(address, reverse.confirmed());
        notes.addAll(AddressRules.notes(address));
    }

    /** What a host without a usable name should be called. */
    private String wantedName(Address address, MxSet mx, String domain) {
        Stream<String> given = question.heloNames().stream().map(DomainName::ascii);
        Stream<String> ofTargets = mx.targets().stream()
                .filter(target -> target.v4().contains(address) || target.v6().contains(address))
                .map(MxTarget::name);
        return Stream.concat(given, ofTargets).findFirst().orElse("mail." + domain);
    }

    private void keys(String domain) {
        if (question.selectors().isEmpty()) {
            notes.add("DKIM was not looked at: name the selectors with --selector");
            return;
        }
        DkimKeyLookup lookup = new DkimKeyLookup(dns);
        List<CompletableFuture<DkimKeyReport>> keys = question.selectors().stream()
                .map(selector -> lookup.find(selector, domain))
                .toList();
        findings.addAll(DkimRules.findings(domain, Lookups.await(keys)));
    }
}
