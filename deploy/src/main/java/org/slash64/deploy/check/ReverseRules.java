package org.slash64.deploy.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.GenericName;
import org.slash64.schemas.Address;

/** PTR, the way back, and what the names look like (RFC 8601 section 2.7.3, RFC 1912 section 2.1). */
final class ReverseRules {
    /** Names to publish addresses for; a host needs one. */
    private static final int MAX_ADVISED = 3;

    private ReverseRules() {}

    /** @param wanted the name that a missing PTR should have */
    static List<Finding> findings(Address address, FcrdnsResult result, String wanted) {
        return switch (result.status()) {
            case PERMERROR -> List.of(missing(address, result, wanted));
            case TEMPERROR ->
                List.of(Finding.unanswered(
                        result.names().isEmpty() ? CheckKind.PTR : CheckKind.FCRDNS, address, result.reason()));
            case FAIL, PASS -> named(address, result, wanted);
        };
    }

    private static Finding missing(Address address, FcrdnsResult result, String wanted) {
        return Finding.fail(
                CheckKind.PTR,
                address,
                result.reason(),
                "publish a PTR record, and the name's address (who routes the address runs its reverse zone)",
                List.of(ZoneLine.ptr(address, wanted), ZoneLine.address(wanted, address)));
    }

    private static List<Finding> named(Address address, FcrdnsResult result, String wanted) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.pass(CheckKind.PTR, address, String.join(", ", result.names())));
        findings.add(forward(address, result));
        findings.add(generic(address, result, wanted));
        return findings;
    }

    private static Finding forward(Address address, FcrdnsResult result) {
        if (!result.confirmed().isEmpty()) {
            return Finding.pass(CheckKind.FCRDNS, address, result.reason());
        }
        List<String> lines = result.names().stream()
                .limit(MAX_ADVISED)
                .map(name -> ZoneLine.address(name, address))
                .toList();
        return Finding.fail(
                CheckKind.FCRDNS, address, result.reason(), "publish the address of one of the PTR names", lines);
    }

    private static Finding generic(Address address, FcrdnsResult result, String wanted) {
        if (!result.looksGeneric()) {
            return Finding.pass(CheckKind.GENERIC_NAME, address, "not made by a rule");
        }
        String signs =
                result.generic().stream().map(GenericName::reason).distinct().collect(Collectors.joining("; "));
        return Finding.warn(
                CheckKind.GENERIC_NAME,
                address,
                "looks like a customer's line: " + signs,
                "give it a name of its own",
                List.of(ZoneLine.ptr(address, wanted), ZoneLine.address(wanted, address)));
    }
}
