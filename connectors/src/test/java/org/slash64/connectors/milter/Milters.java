package org.slash64.connectors.milter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Checked;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.Signer;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.FcrdnsStatus;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

/** Milters and opinions for tests. */
final class Milters {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String SERVER_ID = "mx.example.net";

    private Milters() {}

    static MilterSettings settings(Mode mode) {
        return settings(mode, new ServerLimits(64, Duration.ofMinutes(1)));
    }

    static MilterSettings settings(Mode mode, ServerLimits limits) {
        return new MilterSettings(
                ListenAddress.parse("127.0.0.1:0").orElseThrow(),
                mode,
                Optional.of(SERVER_ID),
                Optional.empty(),
                Duration.ofMillis(200),
                limits);
    }

    /** Nothing is decided. */
    static Decision undecided() {
        return message -> new CompletableFuture<>();
    }

    static Decision answering(Answer answer) {
        return message -> CompletableFuture.completedFuture(opinion(answer));
    }

    static Opinion opinion(Answer answer) {
        return new Opinion(answer, Opinion.Basis.POLICY, List.of(), Optional.of(checked()));
    }

    private static Checked checked() {
        Findings findings = findings(List.of());
        FcrdnsResult client = new FcrdnsResult(
                FcrdnsStatus.PASS, List.of("mail.example.org"), List.of("mail.example.org"), List.of(), "");
        return new Checked(Instant.EPOCH, client, findings, Authenticator.summarise(findings));
    }

    static Findings findings(List<DkimResult> dkim) {
        return new Findings(
                Optional.of(FcrdnsStatus.PASS),
                Optional.of(spf(SpfStatus.PASS, "example.org")),
                Optional.of(spf(SpfStatus.NONE, "mail.example.org")),
                Optional.of(dkim),
                List.of("example.org"));
    }

    static SpfResult spf(SpfStatus status, String domain) {
        return new SpfResult(status, domain, Optional.empty(), List.of(), 0, 0, 0, false, "");
    }

    static DkimResult dkim(DkimStatus status, String reason) {
        return new DkimResult(
                status,
                new Signer("example.org", "s1", "@example.org", "rsa-sha256"),
                2_048,
                Set.<DkimFlag>of(),
                reason);
    }
}
