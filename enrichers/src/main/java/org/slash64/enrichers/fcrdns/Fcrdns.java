package org.slash64.enrichers.fcrdns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.slash64.enrichers.dns.DeadlineDns;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.dns.DnsAnswer;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * Checks that a client has a name and the name has the client's address (RFC 8601 section 2.7.3, RFC 1912 section
 * 2.1). The verdict depends on what DNS says alone, not on the order in which it says so.
 */
public final class Fcrdns {
    /** Names tested per client, the first by name order; RFC 7208 section 4.6.4 sets it for {@code ptr}. */
    public static final int MAX_NAMES = 10;

    /** One check in all; what DNS has not said by then counts as a timeout. */
    public static final Duration DEADLINE = Duration.ofSeconds(5);

    /** So long what DNS said of a client is remembered, however short its own time to live. */
    public static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** So many clients are remembered, under a KiB each. */
    private static final int MAX_REMEMBERED = 20_000;

    private final Dns dns;
    private final int maxNames;
    private final Duration deadline;
    private final Cache<InetAddress, FcrdnsResult> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .executor(Runnable::run)
            .build();

    /** Checks with the default limits. */
    public Fcrdns(Dns dns) {
        this(dns, MAX_NAMES, DEADLINE);
    }

    /** Checks with other limits than {@link #MAX_NAMES} and {@link #DEADLINE}. */
    public Fcrdns(Dns dns, int maxNames, Duration deadline) {
        if (maxNames < 1 || deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a limit of the FCrDNS check is not positive");
        }
        this.dns = dns;
        this.maxNames = maxNames;
        this.deadline = deadline;
    }

    /**
     * Checks a client, or gives what was found of it before, unless that was a temperror.
     *
     * @param client made by {@link InetAddress#getByAddress(byte[])}; {@code ::ffff:a.b.c.d} is the IPv4 address then
     * @return the verdict, complete at once when all answers are cached; it fails only when the DNS client is closed
     */
    public CompletableFuture<FcrdnsResult> check(InetAddress client) {
        FcrdnsResult known = remembered.getIfPresent(client);
        return known == null
                ? ask(client).thenApply(result -> remember(client, result))
                : CompletableFuture.completedFuture(known);
    }

    private CompletableFuture<FcrdnsResult> ask(InetAddress client) {
        Dns asked = new DeadlineDns(dns, deadline);
        return asked.query(ReverseMap.fromAddress(client), Type.PTR)
                .thenCompose(reverse -> confirm(asked, client, reverse));
    }

    private FcrdnsResult remember(InetAddress client, FcrdnsResult result) {
        if (result.status() != FcrdnsStatus.TEMPERROR) {
            remembered.put(client, result);
        }
        return result;
    }

    private CompletableFuture<FcrdnsResult> confirm(Dns asked, InetAddress client, DnsAnswer reverse) {
        return switch (reverse.outcome()) {
            case ANSWER -> confirm(asked, client, usable(reverse));
            case NODATA, NXDOMAIN -> without(FcrdnsStatus.PERMERROR, "no PTR record: " + reverse.detail());
            case SERVFAIL, REFUSED, TIMEOUT, ERROR ->
                without(FcrdnsStatus.TEMPERROR, "PTR lookup: " + reverse.outcome() + ", " + reverse.detail());
        };
    }

    private static CompletableFuture<FcrdnsResult> without(FcrdnsStatus status, String reason) {
        return CompletableFuture.completedFuture(new FcrdnsResult(status, List.of(), List.of(), List.of(), reason));
    }

    /** All names but the root, which names no host, each once and in canonical order. */
    private static Set<Name> usable(DnsAnswer reverse) {
        Set<Name> names = new TreeSet<>();
        for (PTRRecord record : reverse.records(PTRRecord.class)) {
            names.add(record.getTarget());
        }
        names.remove(Name.root);
        return names;
    }

    private CompletableFuture<FcrdnsResult> confirm(Dns asked, InetAddress client, Set<Name> published) {
        if (published.isEmpty()) {
            return without(FcrdnsStatus.PERMERROR, "no usable name in the PTR records");
        }
        int type = client instanceof Inet4Address ? Type.A : Type.AAAA;
        List<Name> names = published.stream().limit(maxNames).toList();
        List<CompletableFuture<DnsAnswer>> forward = new ArrayList<>(names.size());
        names.forEach(name -> forward.add(asked.query(name, type)));
        return CompletableFuture.allOf(forward.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> judge(client, names, answers(forward), published.size()));
    }

    private static List<DnsAnswer> answers(List<CompletableFuture<DnsAnswer>> complete) {
        List<DnsAnswer> answers = new ArrayList<>(complete.size());
        complete.forEach(answer -> answers.add(answer.join()));
        return answers;
    }

    private static FcrdnsResult judge(InetAddress client, List<Name> names, List<DnsAnswer> forward, int published) {
        List<String> tested = new ArrayList<>();
        List<String> confirmed = new ArrayList<>();
        List<GenericName> generic = new ArrayList<>();
        int unknown = 0;
        byte[] address = client.getAddress();
        for (int i = 0; i < names.size(); i++) {
            String name = text(names.get(i));
            tested.add(name);
            if (holds(forward.get(i), address)) {
                confirmed.add(name);
            }
            GenericNames.of(name, client).ifPresent(generic::add);
            unknown += forward.get(i).outcome().isTemporary() ? 1 : 0;
        }
        FcrdnsStatus status = status(confirmed, unknown);
        return new FcrdnsResult(
                status, confirmed, tested, generic, reason(status, confirmed, tested, published, unknown));
    }

    private static FcrdnsStatus status(List<String> confirmed, int unknown) {
        if (!confirmed.isEmpty()) {
            return FcrdnsStatus.PASS;
        }
        return unknown > 0 ? FcrdnsStatus.TEMPERROR : FcrdnsStatus.FAIL;
    }

    private static String reason(
            FcrdnsStatus status, List<String> confirmed, List<String> tested, int published, int unknown) {
        String names = tested.size() == published
                ? "of " + published + " PTR names"
                : "of " + tested.size() + " tested of " + published + " PTR names";
        return switch (status) {
            case PASS -> confirmed.get(0) + " has the address (" + confirmed.size() + " " + names + ")";
            case FAIL -> "none " + names + " has the address: " + tested.get(0);
            case TEMPERROR -> "none " + names + " confirmed, " + unknown + " could not be looked up";
            case PERMERROR -> "no PTR names";
        };
    }

    private static boolean holds(DnsAnswer forward, byte[] wanted) {
        for (Record record : forward.records()) {
            if (Arrays.equals(address(record), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] address(Record record) {
        if (record instanceof ARecord a) {
            return a.getAddress().getAddress();
        }
        return record instanceof AAAARecord aaaa ? aaaa.getAddress().getAddress() : new byte[0];
    }

    private static String text(Name name) {
        return name.canonicalize().toString(true);
    }
}
