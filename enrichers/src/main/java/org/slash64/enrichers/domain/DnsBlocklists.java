package org.slash64.enrichers.domain;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.slash64.enrichers.dns.Dns;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * The blocklists to be asked, and how they answered so far. Names are never asked of a list of addresses, nor addresses
 * of a list of names. Any thread.
 */
public final class DnsBlocklists {
    /** Each list is one more question for each name of an event. */
    public static final int MAX_LISTS = 16;

    /** RFC 1035 section 2.3.4. */
    private static final int MAX_WIRE = 255;

    private static final Name IN_ADDR = Name.fromConstantString("in-addr.arpa.");
    private static final Name IP6 = Name.fromConstantString("ip6.arpa.");

    private final List<DnsBlocklist> lists;
    private final Map<String, Map<BlocklistStatus, LongAdder>> counts = new LinkedHashMap<>();

    /**
     * Asks these, in this order.
     *
     * @param lists at most {@link #MAX_LISTS}, each of another name
     */
    public DnsBlocklists(List<DnsBlocklist> lists) {
        if (lists.size() > MAX_LISTS) {
            throw new IllegalArgumentException("more than " + MAX_LISTS + " blocklists");
        }
        this.lists = List.copyOf(lists);
        for (DnsBlocklist list : lists) {
            if (counts.put(list.name(), newCounts()) != null) {
                throw new IllegalArgumentException("two blocklists are called " + list.name());
            }
        }
    }

    /** Asks nobody. */
    public static DnsBlocklists none() {
        return new DnsBlocklists(List.of());
    }

    private static Map<BlocklistStatus, LongAdder> newCounts() {
        Map<BlocklistStatus, LongAdder> byStatus = new EnumMap<>(BlocklistStatus.class);
        for (BlocklistStatus status : BlocklistStatus.values()) {
            byStatus.put(status, new LongAdder());
        }
        return byStatus;
    }

    /**
     * Asks all lists of addresses about a client; never blocks.
     *
     * @param client made by {@link InetAddress#getByAddress(byte[])}; {@code ::ffff:a.b.c.d} is the IPv4 address then
     * @return an answer per list; it fails only when the DNS client is closed
     */
    public CompletableFuture<List<BlocklistAnswer>> check(Dns dns, InetAddress client) {
        Name reversed = ReverseMap.fromAddress(client).relativize(client instanceof Inet4Address ? IN_ADDR : IP6);
        List<CompletableFuture<BlocklistAnswer>> answers = new ArrayList<>();
        for (DnsBlocklist list : lists) {
            switch (list.subject()) {
                case ADDRESS -> answers.add(ask(dns, list, reversed));
                case NAME, ORGANISATIONAL_DOMAIN -> {}
            }
        }
        return Futures.all(answers);
    }

    /**
     * Asks all lists of names about a name.
     *
     * @param registration of the name, by {@link PublicSuffixes}
     * @return an answer per list that was asked: none where the text is no name; it fails only when the DNS client is
     *     closed
     */
    CompletableFuture<List<BlocklistAnswer>> check(Dns dns, DomainName name, Registration registration) {
        List<CompletableFuture<BlocklistAnswer>> answers = new ArrayList<>();
        for (DnsBlocklist list : lists) {
            subject(list, name, registration).ifPresent(subject -> answers.add(ask(dns, list, relative(subject))));
        }
        return Futures.all(answers);
    }

    private static Optional<String> subject(DnsBlocklist list, DomainName name, Registration registration) {
        return switch (list.subject()) {
            case ADDRESS -> Optional.empty();
            case NAME -> fits(name, list.zone()) ? Optional.of(name.ascii()) : registration.organisational();
            case ORGANISATIONAL_DOMAIN -> registration.organisational();
        };
    }

    /** A name too long to stand before the zone is asked by its organisational domain, whose listing covers it. */
    private static boolean fits(DomainName name, Name zone) {
        return name.isMultiLabel() && name.ascii().length() + 1 + zone.length() <= MAX_WIRE;
    }

    private static Name relative(String ascii) {
        return Name.fromConstantString(ascii);
    }

    private CompletableFuture<BlocklistAnswer> ask(Dns dns, DnsBlocklist list, Name subject) {
        Name question;
        try {
            question = Name.concatenate(subject, list.zone());
        } catch (NameTooLongException e) {
            return CompletableFuture.completedFuture(
                    counted(BlocklistReader.error(list, "the question would be longer than a name may be")));
        }
        return dns.query(question, Type.A).thenApply(answer -> counted(BlocklistReader.read(list, answer)));
    }

    private BlocklistAnswer counted(BlocklistAnswer answer) {
        counts.get(answer.list()).get(answer.status()).increment();
        return answer;
    }

    /** How the lists answered so far, by their names. */
    public Map<String, BlocklistCounts> statistics() {
        Map<String, BlocklistCounts> snapshot = new LinkedHashMap<>();
        counts.forEach((list, byStatus) -> snapshot.put(
                list,
                new BlocklistCounts(
                        byStatus.get(BlocklistStatus.LISTED).sum(),
                        byStatus.get(BlocklistStatus.NOT_LISTED).sum(),
                        byStatus.get(BlocklistStatus.TEMPERROR).sum(),
                        byStatus.get(BlocklistStatus.ERROR).sum())));
        return snapshot;
    }
}
