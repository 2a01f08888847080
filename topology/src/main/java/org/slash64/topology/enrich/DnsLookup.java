package org.slash64.topology.enrich;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slash64.connectors.inline.ClientVerdicts;
import org.slash64.connectors.inline.DkimVerdicts;
import org.slash64.connectors.inline.SpfVerdicts;
import org.slash64.enrichers.authentication.Authenticator;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimVerifier;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.BlocklistAnswer;
import org.slash64.enrichers.domain.DnsBlocklists;
import org.slash64.enrichers.domain.DomainChecks;
import org.slash64.enrichers.domain.DomainReport;
import org.slash64.enrichers.domain.DomainRole;
import org.slash64.enrichers.domain.SeenName;
import org.slash64.enrichers.fcrdns.Fcrdns;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;
import org.slash64.schemas.Claim;
import org.slash64.schemas.ClaimMethod;
import org.slash64.schemas.DkimMaterial;
import org.slash64.schemas.DkimSignature;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfVerdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks DNS all that there is to ask about an event: reverse DNS, SPF, DKIM keys, the names that were seen, blocklists; but
 * not for verdicts that the event brings along.
 */
public final class DnsLookup implements EventLookup {

    private static final Logger LOG = LoggerFactory.getLogger(DnsLookup.class);

    /** SPF of one identity in all; what DNS has not said by then is a temperror. The other checks have 5 s of their own. */
    private static final Duration SPF_DEADLINE = Duration.ofSeconds(10);

    /** For the macro of RFC 7208 section 7.3 where no HELO was logged, as most servers do for mail they accept. */
    private static final String NO_HELO = "unknown";

    private final Dns dns;
    private final Fcrdns fcrdns;
    private final Spf spf;
    private final DkimVerifier dkim;
    private final DnsBlocklists blocklists;
    private final DomainChecks domains;

    /** Asks through this client; blocklists are asked where they are configured. */
    public DnsLookup(Dns dns, DnsBlocklists blocklists) {
        this.dns = dns;
        this.blocklists = blocklists;
        fcrdns = new Fcrdns(dns);
        spf = new Spf(dns, SpfLimits.DEFAULTS.withDeadline(SPF_DEADLINE), Spf.UNKNOWN_RECEIVER, Clock.systemUTC());
        dkim = new DkimVerifier(dns);
        domains = new DomainChecks(dns, blocklists);
    }

    /** What was asked about one event. */
    private record Asked(
            CompletableFuture<FcrdnsResult> reverse,
            Optional<CompletableFuture<SpfResult>> mailFrom,
            Optional<CompletableFuture<SpfResult>> helo,
            Optional<CompletableFuture<List<DkimResult>>> signatures,
            CompletableFuture<DomainReport> names,
            CompletableFuture<List<BlocklistAnswer>> clientListings) {

        CompletableFuture<Void> all() {
            List<CompletableFuture<?>> all = new ArrayList<>(List.of(reverse, names, clientListings));
            mailFrom.ifPresent(all::add);
            helo.ifPresent(all::add);
            signatures.ifPresent(all::add);
            return CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new));
        }
    }

    @Override
    public CompletableFuture<LookedUp> lookUp(SmtpEvent event, Address client) {
        try {
            Asked asked = ask(event, client.toInetAddress());
            return asked.all().thenApply(done -> answer(event, asked)).exceptionally(e -> failed(event, e));
        } catch (RuntimeException e) { // a mistake of ours that one event brought to light must not hold up the others
            return CompletableFuture.completedFuture(failed(event, e));
        }
    }

    private static LookedUp failed(SmtpEvent event, Throwable e) {
        LOG.error("The look-ups for event {} failed", event.getId(), e);
        return LookedUp.temperror("the look-ups failed: " + e.getClass().getSimpleName());
    }

    private Asked ask(SmtpEvent event, InetAddress client) {
        Told told = new Told(event);
        CompletableFuture<FcrdnsResult> reverse = unless(told.reverse(), () -> fcrdns.check(client));
        return new Asked(
                reverse,
                mailFrom(event, client).map(query -> unless(told.spf(SpfIdentity.MAIL_FROM), () -> spf.check(query))),
                helo(event, client).map(query -> unless(told.spf(SpfIdentity.HELO), () -> spf.check(query))),
                Optional.ofNullable(event.getDkim())
                        .map(DkimMaterials::of)
                        .map(material ->
                                unless(told.dkim(material, dkim), () -> dkim.verify(material, event.getTime()))),
                reverse.thenCompose(found -> domains.check(names(event, found))),
                blocklists.check(dns, client));
    }

    private static <T> CompletableFuture<T> unless(Optional<T> told, Supplier<CompletableFuture<T>> ask) {
        return told.map(CompletableFuture::completedFuture).orElseGet(ask);
    }

    /** The null sender stands for its HELO, so it can be checked only where that was seen. */
    private static Optional<SpfQuery> mailFrom(SmtpEvent event, InetAddress client) {
        String sender = event.getMailFrom();
        if (sender == null || (sender.isEmpty() && event.getHelo() == null)) {
            return Optional.empty();
        }
        return Optional.of(SpfQuery.mailFrom(client, sender, event.getHelo() == null ? NO_HELO : event.getHelo()));
    }

    /** Not asked apart where MAIL FROM stands for it. */
    private static Optional<SpfQuery> helo(SmtpEvent event, InetAddress client) {
        boolean covered = event.getMailFrom() != null && event.getMailFrom().isEmpty();
        return Optional.ofNullable(event.getHelo()).filter(helo -> !covered).map(helo -> SpfQuery.helo(client, helo));
    }

    /** Those that mail is sent as come first, since names beyond a limit are passed over. */
    private static List<SeenName> names(SmtpEvent event, FcrdnsResult reverse) {
        List<SeenName> names = new ArrayList<>();
        if (event.getMailFrom() != null && !event.getMailFrom().isEmpty()) {
            String sender = event.getMailFrom();
            names.add(new SeenName(DomainRole.MAIL_FROM, sender.substring(sender.lastIndexOf('@') + 1)));
        }
        add(names, DomainRole.FROM, event.getFromDomains());
        if (event.getDkim() != null) {
            add(names, DomainRole.DKIM_D, signers(event.getDkim()));
        }
        add(names, DomainRole.DKIM_D, claimedSigners(event.getClaims()));
        if (event.getHelo() != null) {
            names.add(new SeenName(DomainRole.HELO, event.getHelo()));
        }
        add(names, DomainRole.SENDER, event.getSenderDomains());
        add(names, DomainRole.REPLY_TO, event.getReplyToDomains());
        add(names, DomainRole.PTR, reverse.names());
        add(names, DomainRole.TLS_NAME, event.getTlsNames());
        return names;
    }

    private static void add(List<SeenName> names, DomainRole role, List<String> texts) {
        texts.forEach(text -> names.add(new SeenName(role, text)));
    }

    /** Domains that others saw signatures of: seen names like all others, whatever the verdict was. */
    private static List<String> claimedSigners(List<Claim> claims) {
        if (claims.isEmpty()) {
            return List.of();
        }
        return claims.stream()
                .filter(claim -> claim.getMethod() == ClaimMethod.DKIM && claim.getDomain() != null)
                .map(claim -> claim.getDomain().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static List<String> signers(DkimMaterial material) {
        return material.getSignatures().stream()
                .map(DkimSignature::getDomain)
                .filter(domain -> !domain.isEmpty())
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static LookedUp answer(SmtpEvent event, Asked asked) {
        Optional<SpfResult> mailFrom = asked.mailFrom().map(CompletableFuture::join);
        Optional<SpfResult> helo = asked.helo().map(CompletableFuture::join);
        Optional<List<DkimResult>> signatures = asked.signatures().map(CompletableFuture::join);
        FcrdnsResult reverse = asked.reverse().join();
        DomainReport names = asked.names().join();
        Findings findings =
                new Findings(Optional.of(reverse.status()), mailFrom, helo, signatures, event.getFromDomains());
        List<SpfVerdict> spf = new ArrayList<>();
        mailFrom.ifPresent(result -> spf.add(SpfVerdicts.of(SpfIdentity.MAIL_FROM, result)));
        helo.ifPresent(result -> spf.add(SpfVerdicts.of(SpfIdentity.HELO, result)));
        return new LookedUp(
                ClientVerdicts.of(reverse),
                spf,
                signatures.map(DkimVerdicts::of),
                Optional.of(Verdicts.of(Authenticator.summarise(findings))),
                names.domains().stream().map(Verdicts::of).toList(),
                names.passedOver(),
                Verdicts.ofBlocklists(asked.clientListings().join()));
    }
}
