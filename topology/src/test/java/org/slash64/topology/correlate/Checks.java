package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slash64.connectors.answer.Checked;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfMatch;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

/** What a milter may have found out. */
final class Checks {

    static final Instant AT = Instant.parse("2026-11-16T08:00:01.300Z");

    private Checks() {}

    /** Reverse DNS, SPF of MAIL FROM and the signature pass; HELO has no SPF record. */
    static Checked passed() {
        FcrdnsResult client = new FcrdnsResult(
                FcrdnsStatus.PASS, List.of("mail.example.org"), List.of("mail.example.org"), List.of(), "it has");
        SpfMatch match = new SpfMatch("example.org", "ip6:2001:db8:1::/48");
        DkimResult signature = new DkimResult(
                DkimStatus.PASS,
                new Signer("example.org", "s1", "@example.org", "rsa-sha256"),
                2_048,
                Set.of(),
                "fits");
        Findings findings = new Findings(
                Optional.of(client.status()),
                Optional.of(spf(SpfStatus.PASS, "example.org", List.of(match))),
                Optional.of(spf(SpfStatus.NONE, "mail.example.org", List.of())),
                Optional.of(List.of(signature)),
                List.of("lists.example.org"));
        return new Checked(AT, client, findings, Authenticator.summarise(findings));
    }

    private static SpfResult spf(SpfStatus status, String domain, List<SpfMatch> path) {
        return new SpfResult(status, domain, Optional.empty(), path, 0, 1, 0, false, "so it is");
    }
}
