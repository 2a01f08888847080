package org.slash64.connectors.answer;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimVerifier;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.fcrdns.Fcrdns;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;

/**
 * Reverse DNS, SPF and DKIM while a mail server waits. What DNS does not say by the deadline is a temperror, or in the case
 * of DKIM not known; it never counts as failed. Nothing is remembered but what the DNS client does: with answers at hand a
 * check takes microseconds, and what outlives its request makes the pauses of the garbage collector long. Any thread.
 */
public final class InlineChecks {

    /** For the macro of RFC 7208 section 7.3 where no HELO was told. */
    private static final String NO_HELO = "unknown";

    private final Fcrdns fcrdns;
    private final Spf spf;
    private final DkimVerifier dkim;
    private final Duration deadline;
    private final Clock clock;

    /**
     * @param deadline of all checks of a session, which are made at the same time
     * @param clock that the times in signatures are held against
     */
    public InlineChecks(Dns dns, Duration deadline, Clock clock) {
        this.deadline = deadline;
        this.clock = clock;
        fcrdns = new Fcrdns(dns, Fcrdns.MAX_NAMES, deadline);
        spf = new Spf(dns, SpfLimits.DEFAULTS.withDeadline(deadline), Spf.UNKNOWN_RECEIVER, clock);
        dkim = new DkimVerifier(dns);
    }

    /** What was asked about one session. */
    private record Asked(
            Instant at,
            CompletableFuture<FcrdnsResult> client,
            Optional<CompletableFuture<SpfResult>> mailFrom,
            Optional<CompletableFuture<SpfResult>> helo,
            Optional<CompletableFuture<List<DkimResult>>> dkim) {

        CompletableFuture<Void> all() {
            List<CompletableFuture<?>> all = new ArrayList<>(List.of(client));
            mailFrom.ifPresent(all::add);
            helo.ifPresent(all::add);
            dkim.ifPresent(all::add);
            return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        }
    }

    /**
     * Checks a session.
     *
     * @param client of the mail
     * @return complete at once where all answers are at hand, else by the deadline, on a thread of the DNS client or of
     *     the JDK; it fails only when the DNS client is closed
     */
    public CompletableFuture<Checked> check(Mail mail, Address client) {
        InetAddress address = client.toInetAddress();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Asked asked = new Asked(
                now,
                fcrdns.check(address),
                mailFrom(mail, address).map(spf::check),
                helo(mail, address).map(spf::check),
                mail.content().map(content -> verify(content, now)));
        return asked.all().thenApply(done -> checked(mail, asked));
    }

    /** The null sender stands for its HELO, so it can be checked only where that was told. */
    private static Optional<SpfQuery> mailFrom(Mail mail, InetAddress client) {
        return mail.mailFrom()
                .filter(sender -> !sender.isEmpty() || mail.helo().isPresent())
                .map(sender -> SpfQuery.mailFrom(client, sender, mail.helo().orElse(NO_HELO)));
    }

    /** Not asked apart where MAIL FROM stands for it. */
    private static Optional<SpfQuery> helo(Mail mail, InetAddress client) {
        boolean covered = mail.mailFrom().filter(String::isEmpty).isPresent();
        return mail.helo().filter(helo -> !covered).map(helo -> SpfQuery.helo(client, helo));
    }

    /** Null where the keys did not come in time. */
    private CompletableFuture<List<DkimResult>> verify(Mail.Content content, Instant at) {
        CompletableFuture<List<DkimResult>> results = dkim.verify(content.dkim(), at);
        return results.isDone()
                ? results
                : results.copy().completeOnTimeout(null, deadline.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Checked checked(Mail mail, Asked asked) {
        FcrdnsResult client = asked.client().join();
        Findings findings = new Findings(
                Optional.of(client.status()),
                asked.mailFrom().map(CompletableFuture::join),
                asked.helo().map(CompletableFuture::join),
                asked.dkim().map(CompletableFuture::join),
                mail.content().map(Mail.Content::fromDomains).orElse(List.of()));
        return new Checked(asked.at(), client, findings, Authenticator.summarise(findings));
    }
}
