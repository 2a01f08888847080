package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.schemas.Address;

/** Whether mail to a domain has somewhere to go, and in which order (RFC 5321 section 5.1). */
final class MxRules {
    private static final int USUAL_PREFERENCE = 10;

    private MxRules() {}

    static List<Finding> findings(String domain, MxSet mx) {
        List<Finding> findings = new ArrayList<>();
        findings.add(presence(domain, mx));
        mx.targets().forEach(target -> findings.add(host(domain, target)));
        if (!mx.targets().isEmpty()) {
            findings.add(order(domain, mx));
        }
        return findings;
    }

    static List<String> notes(MxSet mx) {
        return mx.leftOut() == 0 ? List.of() : List.of(mx.leftOut() + " more MX targets were not looked at");
    }

    private static Finding presence(String domain, MxSet mx) {
        return switch (mx.kind()) {
            case TARGETS -> Finding.pass(CheckKind.MX, domain, mx.detail());
            case IMPLICIT ->
                Finding.warn(
                        CheckKind.MX,
                        domain,
                        mx.detail() + ", which are used instead",
                        "publish an MX",
                        List.of(ZoneLine.mx(domain, USUAL_PREFERENCE, domain)));
            case NULL_MX ->
                missing(domain, "null MX: the domain takes no mail, nor bounces (RFC 7505)", "replace it by an MX");
            case NULL_MX_AND_OTHERS ->
                Finding.fail(
                        CheckKind.MX,
                        domain,
                        "null MX and other targets (RFC 7505 section 3)",
                        "remove the record \"" + domain + ". IN MX 0 .\"");
            case NOTHING -> missing(domain, "neither MX nor address: mail could go nowhere", "publish an MX");
            case NXDOMAIN -> missing(domain, "the domain does not exist", "register it, and publish an MX");
            case UNANSWERED -> Finding.unanswered(CheckKind.MX, domain, mx.detail());
        };
    }

    private static Finding missing(String domain, String found, String advice) {
        List<String> lines = List.of(ZoneLine.mx(domain, USUAL_PREFERENCE, "mail." + domain));
        return Finding.fail(CheckKind.MX, domain, found, advice, lines);
    }

    private static Finding host(String domain, MxTarget target) {
        if (DomainName.parse(target.name()).kind() != DomainName.Kind.DOMAIN) {
            return Finding.fail(
                    CheckKind.MX_HOST,
                    target.name(),
                    "no host name, as an MX target has to be (RFC 5321 section 2.3.5)",
                    "publish the name of a host in its place");
        }
        if (target.unanswered().isPresent()) {
            return Finding.unanswered(
                    CheckKind.MX_HOST, target.name(), target.unanswered().get());
        }
        if (target.alias().isPresent()) {
            return alias(domain, target, target.alias().get());
        }
        return reachable(target);
    }

    private static Finding alias(String domain, MxTarget target, String canonical) {
        return Finding.fail(
                CheckKind.MX_HOST,
                target.name(),
                "an alias of " + canonical + " (RFC 2181 section 10.3)",
                "name the host itself in the MX",
                List.of(ZoneLine.mx(domain, target.preference(), canonical)));
    }

    private static Finding reachable(MxTarget target) {
        List<Address> addresses =
                Stream.concat(target.v6().stream(), target.v4().stream()).toList();
        if (addresses.isEmpty()) {
            return Finding.fail(
                    CheckKind.MX_HOST,
                    target.name(),
                    "no address",
                    "publish its addresses, or remove it from the MX records",
                    List.of(target.name() + ". IN A ADDRESS", target.name() + ". IN AAAA ADDRESS"));
        }
        Optional<Finding> bad = addresses.stream()
                .map(address -> AddressRules.findings(address).get(0))
                .filter(finding -> finding.grade() == Grade.FAIL)
                .findFirst();
        return bad.isEmpty()
                ? Finding.pass(CheckKind.MX_HOST, target.name(), list(addresses))
                : Finding.fail(
                        CheckKind.MX_HOST,
                        target.name(),
                        bad.get().subject() + ": " + bad.get().found(),
                        "remove that address from it");
    }

    private static Finding order(String domain, MxSet mx) {
        String order = mx.groups().stream().map(MxRules::text).collect(Collectors.joining("; ")) + beyondLimit(mx);
        Set<Address> seen = new HashSet<>();
        List<Address> twice = Stream.concat(mx.v6().stream(), mx.v4().stream())
                .filter(address -> !seen.add(address))
                .distinct()
                .toList();
        return twice.isEmpty()
                ? Finding.pass(CheckKind.MX_ORDER, domain, order)
                : Finding.warn(
                        CheckKind.MX_ORDER,
                        domain,
                        order + "; more than once: " + list(twice),
                        "name each address once: a sending Postfix tries " + MxFallback.POSTFIX_SESSIONS
                                + " of the addresses, and the same one again is a try lost");
    }

    private static String beyondLimit(MxSet mx) {
        int addresses = mx.v6().size() + mx.v4().size();
        return addresses > MxFallback.POSTFIX_ADDRESSES
                ? "; a sending Postfix tries " + MxFallback.POSTFIX_ADDRESSES + " of the " + addresses
                        + " addresses in one attempt"
                : "";
    }

    private static String text(List<MxTarget> group) {
        String hosts = group.stream()
                .map(target -> target.name() + " (" + families(target) + ")")
                .collect(Collectors.joining(", "));
        return group.get(0).preference() + ": " + hosts;
    }

    private static String families(MxTarget target) {
        if (target.v4().isEmpty() && target.v6().isEmpty()) {
            return "no address";
        }
        return Stream.of(count(target.v6(), "IPv6"), count(target.v4(), "IPv4"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String count(List<Address> addresses, String family) {
        return switch (addresses.size()) {
            case 0 -> "";
            case 1 -> family;
            default -> addresses.size() + " " + family;
        };
    }

    private static String list(List<Address> addresses) {
        return addresses.stream().map(Address::toString).collect(Collectors.joining(", "));
    }
}
