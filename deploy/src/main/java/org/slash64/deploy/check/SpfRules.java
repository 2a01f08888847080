package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfOutline;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.schemas.Address;

/** A domain's SPF record: RFC 7208. */
final class SpfRules {
    private final String domain;
    private final SpfFacts facts;
    private final Map<Address, SpfResult> senders;
    /** For all findings the same, since a domain has one record. */
    private final List<String> repaired;

    /** @param senders the addresses that send, as far as they are known, each with its verdict */
    SpfRules(String domain, SpfFacts facts, Map<Address, SpfResult> senders) {
        this.domain = domain;
        this.facts = facts;
        this.senders = senders;
        this.repaired = lines(new SpfRepair(facts, senders).text());
    }

    /** First those of the record, then one for each address; none for these where there is no record to go by. */
    List<Finding> findings() {
        List<Finding> findings = ofRecord();
        senders.forEach((address, result) -> {
            if (result.status() != SpfStatus.NONE) {
                findings.add(ofAddress(address, result));
            }
        });
        return findings;
    }

    private List<Finding> ofRecord() {
        List<Finding> findings = new ArrayList<>();
        findings.add(record());
        if (facts.published().texts().size() == 1) {
            findings.add(terms());
            if (facts.isEvaluated()) {
                findings.add(voidLookups());
                findings.add(others());
            }
        }
        return findings;
    }

    private Finding record() {
        SpfPublished published = facts.published();
        if (published.unanswered().isPresent()) {
            return Finding.unanswered(
                    CheckKind.SPF_RECORD, domain, published.unanswered().get());
        }
        return switch (published.texts().size()) {
            case 0 -> fail("no SPF record", "publish one", Optional.of(proposed()));
            case 1 -> single(published.texts().get(0));
            default ->
                fail(
                        published.texts().size() + " SPF records, where there may be one (RFC 7208 section 3.2)",
                        "make them one",
                        merged(published.texts()));
        };
    }

    private String proposed() {
        return senders.isEmpty() ? SpfText.ofMailHosts() : SpfText.of(List.copyOf(senders.keySet()));
    }

    private static Optional<String> merged(List<String> texts) {
        int length = texts.stream().mapToInt(String::length).sum();
        return length <= CheckLimits.MAX_SPF_TEXT ? SpfText.merged(texts) : Optional.empty();
    }

    private Finding single(String text) {
        Optional<String> flaw = SpfOutline.of(text, domain).flaw();
        if (flaw.isPresent()) {
            return fail("not to be read: " + flaw.get(), "repair it; until then none of it counts", Optional.empty());
        }
        SpfResult other = facts.doubtful();
        return switch (other.status()) {
            case PERMERROR ->
                facts.allTerms() > SpfLimits.MAX_DNS_TERMS
                        ? pass(CheckKind.SPF_RECORD, text)
                        : fail(other.reason(), "repair what the record points to", Optional.empty());
            case TEMPERROR -> Finding.unanswered(CheckKind.SPF_RECORD, domain, other.reason());
            case PASS, FAIL, SOFTFAIL, NEUTRAL, NONE -> pass(CheckKind.SPF_RECORD, text);
        };
    }

    private Finding terms() {
        int terms = facts.allTerms();
        String found = terms + " of " + SpfLimits.MAX_DNS_TERMS + " terms that ask DNS"
                + (facts.terms().size() > 1 ? ": " + byRecord() : "");
        return terms <= SpfLimits.MAX_DNS_TERMS
                ? pass(CheckKind.SPF_TERMS, found)
                : Finding.fail(
                        CheckKind.SPF_TERMS,
                        domain,
                        found,
                        "leave out includes that do not send for you, or name addresses (ip4:, ip6:) in place of hosts;"
                                + " a client that no earlier term matches gets permerror (RFC 7208 section 4.6.4)");
    }

    private String byRecord() {
        return facts.terms().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private Finding voidLookups() {
        int over6 = facts.other6().voidLookups();
        int over4 = facts.other4().voidLookups();
        String found = "void lookups: " + over6 + " for an IPv6 client, " + over4 + " for an IPv4 client";
        if (!facts.hasManyVoidLookups()) {
            return pass(CheckKind.SPF_VOID, found);
        }
        int most = SpfLimits.DEFAULTS.voidLookups();
        String why = over4 <= most
                ? "; IPv6 clients alone can get permerror: a and mx ask them for AAAA, which IPv4 hosts do not have"
                : "; clients can get permerror (RFC 7208 section 4.6.4: at most " + most + ")";
        return Finding.warn(
                CheckKind.SPF_VOID,
                domain,
                found + why,
                "name the addresses of such hosts, and remove terms that lead nowhere",
                repaired);
    }

    /** What a client gets that the domain knows nothing of. */
    private Finding others() {
        SpfResult other = facts.lenient();
        String found = other.status().text() + ": " + other.reason();
        return switch (other.status()) {
            case PASS ->
                Finding.fail(
                        CheckKind.SPF_OTHERS,
                        domain,
                        "anybody may send: " + other.reason(),
                        "let only your own hosts pass",
                        opened());
            case NEUTRAL -> Finding.warn(CheckKind.SPF_OTHERS, domain, found, "say that nobody else sends", opened());
            case SOFTFAIL, FAIL -> pass(CheckKind.SPF_OTHERS, found);
            case NONE, TEMPERROR, PERMERROR -> throw new IllegalStateException("not evaluated: " + other);
        };
    }

    private List<String> opened() {
        return facts.isRedirected() ? List.of() : repaired;
    }

    private Finding ofAddress(Address address, SpfResult result) {
        String found = result.status().text() + ": " + result.reason();
        return switch (result.status()) {
            case PASS -> Finding.pass(CheckKind.SPF, address, found);
            case FAIL, SOFTFAIL, NEUTRAL, NONE ->
                Finding.fail(CheckKind.SPF, address, found, "name the address in the record", repaired);
            case TEMPERROR -> Finding.unanswered(CheckKind.SPF, address, result.reason());
            case PERMERROR ->
                result.voidLimit()
                        ? Finding.fail(
                                CheckKind.SPF,
                                address,
                                found,
                                "name the address before the terms that lead nowhere",
                                repaired)
                        : Finding.fail(
                                CheckKind.SPF,
                                address,
                                found,
                                "repair the record: see " + CheckKind.SPF_RECORD.text() + " and "
                                        + CheckKind.SPF_TERMS.text());
        };
    }

    private Finding pass(CheckKind kind, String found) {
        return Finding.pass(kind, domain, found);
    }

    private Finding fail(String found, String advice, Optional<String> text) {
        return Finding.fail(CheckKind.SPF_RECORD, domain, found, advice, lines(text));
    }

    private List<String> lines(Optional<String> text) {
        return text.map(record -> List.of(ZoneLine.txt(domain, record))).orElse(List.of());
    }
}
