package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slash64.schemas.Address;

/**
 * Whether a sender that is answered 421 over IPv6 comes to an IPv4 target in the same attempt. It does for certain where
 * the best preference has two targets, one with an AAAA alone and one with an A alone. Postfix goes through all
 * addresses by preference, those of one preference in random order, whichever target they are of; how far others go is
 * left to them (RFC 5321 section 5.1).
 */
final class MxFallback {
    /** Addresses that a sending Postfix gets an answer from in one attempt: smtp_mx_session_limit, postconf(5). */
    static final int POSTFIX_SESSIONS = 2;
    /** Addresses that it tries in one attempt: smtp_mx_address_limit, postconf(5). */
    static final int POSTFIX_ADDRESSES = 5;

    private static final int PERCENT = 100;
    /** IPv4 addresses in the records that are proposed. */
    private static final int MAX_PROPOSED = 4;

    private final String domain;
    private final MxSet mx;

    MxFallback(String domain, MxSet mx) {
        this.domain = domain;
        this.mx = mx;
    }

    /** Only of a domain with targets. */
    Finding finding() {
        Optional<String> unanswered = mx.targets().stream()
                .flatMap(target -> target.unanswered().stream())
                .findFirst();
        if (unanswered.isPresent()) {
            return Finding.unanswered(CheckKind.MX_FALLBACK, domain, unanswered.get());
        }
        if (mx.v6().isEmpty()) {
            return pass("no target has an IPv6 address, so nobody has to fall back");
        }
        if (mx.v4().isEmpty()) {
            return fail("no target has an IPv4 address: a sender answered 421 comes back over IPv6 until it gives up");
        }
        double missed = missed();
        if (missed >= 1) {
            return fail("a sending Postfix tries " + POSTFIX_SESSIONS + " addresses, and those are IPv6 alone");
        }
        Finding structure = structure();
        return missed > 0 && structure.grade() == Grade.PASS
                ? warn(structure.found() + "; but in " + Math.round(missed * PERCENT) + "% of attempts both addresses"
                        + " that a sending Postfix tries are IPv6")
                : structure;
    }

    private Finding structure() {
        List<MxTarget> first = firstWithV6();
        int preference = first.get(0).preference();
        Optional<MxTarget> v4Only = first.stream()
                .filter(target -> target.v6().isEmpty() && !target.v4().isEmpty())
                .findFirst();
        if (v4Only.isPresent()) {
            return pass("at preference " + preference + ": " + v4Only.get().name() + " has IPv4 alone");
        }
        if (hasV4Before(preference)) {
            return pass("IPv4 targets are preferred to those with IPv6");
        }
        return first.stream().allMatch(target -> target.v4().isEmpty())
                ? warn("IPv4 is at a worse preference than IPv6: Postfix goes on to it, senders that stay with the best"
                        + " one do not")
                : warn("at preference " + preference + " only targets that have both IPv6 and IPv4: Postfix goes on to"
                        + " IPv4, senders that try one address of a target do not");
    }

    private List<MxTarget> firstWithV6() {
        return mx.groups().stream()
                .filter(group -> group.stream().anyMatch(target -> !target.v6().isEmpty()))
                .findFirst()
                .orElseThrow();
    }

    private boolean hasV4Before(int preference) {
        return mx.targets().stream()
                .anyMatch(target ->
                        target.preference() < preference && !target.v4().isEmpty());
    }

    /** How likely a sending Postfix tries no IPv4 address in one attempt, all addresses answering. */
    private double missed() {
        double missed = 1;
        int left = POSTFIX_SESSIONS;
        for (List<MxTarget> group : mx.groups()) {
            int v6 = group.stream().mapToInt(target -> target.v6().size()).sum();
            int all = v6 + group.stream().mapToInt(target -> target.v4().size()).sum();
            for (; left > 0 && all > 0; left--) {
                missed *= (double) v6 / all;
                v6 = Math.max(0, v6 - 1);
                all--;
            }
        }
        return missed;
    }

    private Finding pass(String found) {
        return Finding.pass(CheckKind.MX_FALLBACK, domain, found);
    }

    private Finding warn(String found) {
        return Finding.warn(CheckKind.MX_FALLBACK, domain, found, advice(), proposal());
    }

    private Finding fail(String found) {
        return Finding.fail(CheckKind.MX_FALLBACK, domain, found, advice(), proposal());
    }

    private String advice() {
        return "publish two targets of equal preference in place of those that are there, one with a single AAAA, one"
                + " with an A alone (docs/mx-fallback.md)";
    }

    private List<String> proposal() {
        int preference = mx.targets().get(0).preference();
        String six = "mx6." + domain;
        String four = "mx4." + domain;
        List<String> lines = new ArrayList<>();
        lines.add(ZoneLine.mx(domain, preference, six));
        lines.add(ZoneLine.mx(domain, preference, four));
        lines.add(ZoneLine.address(six, mx.v6().get(0)));
        List<Address> v4 = mx.v4().stream().distinct().limit(MAX_PROPOSED).toList();
        Stream<String> addresses =
                v4.isEmpty() ? Stream.of(four + ". IN A ADDRESS") : ZoneLine.addresses(four, v4).stream();
        addresses.forEach(lines::add);
        return lines;
    }
}
