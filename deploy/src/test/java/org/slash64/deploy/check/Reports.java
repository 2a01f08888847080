package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.schemas.Address;

/** Checks of zone texts, and what to look for in their reports. */
final class Reports {
    private Reports() {}

    static Address address(String text) {
        return Address.parse(text).orElseThrow();
    }

    static SenderQuestion nothing() {
        return new SenderQuestion(List.of(), List.of(), List.of());
    }

    static SenderQuestion sendingFrom(String... addresses) {
        return new SenderQuestion(Stream.of(addresses).map(Reports::address).toList(), List.of(), List.of());
    }

    static SenderQuestion withHelo(String... names) {
        return new SenderQuestion(
                List.of(), Stream.of(names).map(DomainName::parse).toList(), List.of());
    }

    static SenderQuestion withSelectors(String... selectors) {
        return new SenderQuestion(List.of(), List.of(), List.of(selectors));
    }

    static CheckReport sender(String zone, SenderQuestion question) {
        return new SenderCheck(ZoneDns.of(zone), question).ofDomain(DomainName.parse("example.org"));
    }

    static CheckReport sender(String zone) {
        return sender(zone, nothing());
    }

    static CheckReport receiver(String zone) {
        return new ReceiverCheck(ZoneDns.of(zone)).of(DomainName.parse("example.org"));
    }

    static CheckReport host(String zone, String address) {
        return new SenderCheck(ZoneDns.of(zone), nothing()).ofAddress(address(address));
    }

    /** The only finding of a kind. */
    static Finding only(CheckReport report, CheckKind kind) {
        List<Finding> found = all(report, kind);
        assertThat(found).as(kind.text()).hasSize(1);
        return found.get(0);
    }

    static List<Finding> all(CheckReport report, CheckKind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
    }
}
