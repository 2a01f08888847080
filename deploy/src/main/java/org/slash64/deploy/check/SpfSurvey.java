package org.slash64.deploy.check;

import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfOutline;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfSource;
import org.slash64.schemas.Address;
import org.xbill.DNS.Type;

/** Finds out what a domain's SPF costs and whom it lets send. Waits for all answers. */
final class SpfSurvey {
    /** Of the discard-only prefix (RFC 6666), which no record means. */
    private static final InetAddress OTHER_6 =
            Address.parse("100::1").orElseThrow().toInetAddress();
    /** Of "this network" (RFC 1122 section 3.2.1.3), which no record means. */
    private static final InetAddress OTHER_4 =
            Address.parse("0.0.0.1").orElseThrow().toInetAddress();
    /** More than ten terms can make. */
    private static final int ANY_VOID_LOOKUPS = 1_000;

    private final Dns dns;
    private final Spf unlimited;

    SpfSurvey(Dns dns) {
        this.dns = dns;
        SpfLimits limits = SpfLimits.DEFAULTS.withVoidLookups(ANY_VOID_LOOKUPS);
        this.unlimited = new Spf(dns, limits, Spf.UNKNOWN_RECEIVER, Clock.systemUTC());
    }

    SpfFacts of(DomainName domain) {
        CompletableFuture<SpfResult> other4 = other(OTHER_4, domain);
        CompletableFuture<SpfResult> other6 = other(OTHER_6, domain);
        SpfPublished published = published(domain);
        return new SpfFacts(published, terms(published), other4.join(), other6.join(), sources(published));
    }

    /** The record at a name. */
    SpfPublished published(DomainName domain) {
        return SpfPublished.of(
                domain.ascii(), dns.query(Lookups.name(domain), Type.TXT).join());
    }

    private CompletableFuture<SpfResult> other(InetAddress client, DomainName domain) {
        return unlimited.check(SpfQuery.mailFrom(client, "postmaster@" + domain.ascii(), domain.ascii()));
    }

    /** A record that is included twice costs twice, as in a check. */
    private Map<String, Integer> terms(SpfPublished first) {
        Map<String, Integer> terms = new LinkedHashMap<>();
        Deque<DomainName> left = new ArrayDeque<>();
        collect(first, terms, left);
        for (int records = 1; !left.isEmpty() && records < CheckLimits.MAX_SPF_RECORDS; records++) {
            collect(published(left.remove()), terms, left);
        }
        return terms;
    }

    private static void collect(SpfPublished record, Map<String, Integer> terms, Deque<DomainName> left) {
        record.outline().ifPresent(outline -> {
            terms.merge(record.domain(), outline.dnsTerms(), Integer::sum);
            outline.recordsNeeded().stream()
                    .limit(CheckLimits.MAX_SPF_RECORDS)
                    .flatMap(name -> named(name).stream())
                    .forEach(left::add);
        });
    }

    private static Optional<DomainName> named(String text) {
        return Optional.of(DomainName.parse(text)).filter(DomainName::isName);
    }

    /** Of the domain's record, and of those it is redirected to: its own, by another name. */
    private List<NamedHosts> sources(SpfPublished first) {
        List<NamedHosts> sources = new ArrayList<>();
        Optional<SpfOutline> outline = first.outline();
        for (int records = 0; outline.isPresent() && records < CheckLimits.MAX_SPF_RECORDS; records++) {
            outline.get().sources().stream()
                    .limit(CheckLimits.MAX_ADDRESSES)
                    .map(this::resolved)
                    .forEach(sources::add);
            outline = outline.get()
                    .redirect()
                    .flatMap(SpfSurvey::named)
                    .flatMap(name -> published(name).outline());
        }
        return sources;
    }

    private NamedHosts resolved(SpfSource source) {
        if (source instanceof SpfSource.Host host && host.exact()) {
            return new NamedHosts(source, hosts(host.target()));
        } else if (source instanceof SpfSource.MailHosts hosts && hosts.exact()) {
            return new NamedHosts(source, mailHosts(hosts.target()));
        }
        return new NamedHosts(source, List.of());
    }

    private List<HostAddresses> hosts(Optional<String> target) {
        return target.flatMap(SpfSurvey::named)
                .map(name -> List.of(new HostLookup(dns).of(Lookups.name(name)).join()))
                .orElse(List.of());
    }

    private List<HostAddresses> mailHosts(Optional<String> target) {
        return target.flatMap(SpfSurvey::named)
                .map(name -> new MxLookup(dns).of(name))
                .filter(mx -> mx.kind() != MxSet.Kind.IMPLICIT)
                .map(mx -> mx.targets().stream()
                        .map(host -> new HostAddresses(host.v4(), host.v6(), host.unanswered()))
                        .toList())
                .orElse(List.of());
    }
}
