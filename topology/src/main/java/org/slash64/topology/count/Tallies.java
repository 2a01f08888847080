package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slash64.schemas.Address;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Order;
import org.slash64.schemas.state.Tally;

/** Arithmetic on {@link Tally}. */
public final class Tallies {

    /** Of one event; more are no honest mail. */
    private static final int MAX_DOMAINS = 32;

    /** Of one subject in one bucket; the last ones decide anyway. */
    private static final int MAX_ORDERS = 100;

    private Tallies() {}

    /** Nothing. */
    public static Tally none() {
        return of(Sums.zero());
    }

    /** Sums without anything distinct. */
    public static Tally of(Counts counts) {
        return new Tally(counts, Sketch.empty(), Sketch.empty(), Sketch.empty(), Sketch.empty(), new ArrayList<>());
    }

    /** What one verdict comes to in the finest prefix of its client. */
    static Tally of(SmtpVerdict verdict, Address client) {
        Tally tally = of(Sums.of(verdict));
        tally.setAddresses(Sketch.of(client.toInetAddress().getAddress()));
        if (verdict.getOutcome() == Outcome.GOOD) {
            domains(verdict)
                    .forEach(domain -> tally.setDomains(Sketch.merge(tally.getDomains(), Sketch.of(domain.key()))));
        }
        return tally;
    }

    /** The organisational domains that a verdict says are authenticated; hostile ones are left out. */
    public static List<Domain> domains(SmtpVerdict verdict) {
        return verdict.getAuthentication() == null
                ? List.of()
                : verdict.getAuthentication().getDomains().stream()
                        .limit(MAX_DOMAINS)
                        .flatMap(domain -> Domain.parse(domain.getOrganisationalDomain()).stream())
                        .distinct()
                        .toList();
    }

    /** What one verdict comes to for a domain that is authenticated in it. */
    static Tally ofDomain(SmtpVerdict verdict, Address client) {
        Tally tally = of(Sums.of(verdict));
        tally.setAddresses(Sketch.of(client.toInetAddress().getAddress()));
        return sentFrom(tally, client);
    }

    /** A domain's tally with the network that it was sent from. */
    public static Tally sentFrom(Tally tally, Address client) {
        ByteBuffer network = Sketch.of(Prefix.network(client).key());
        tally.setChildren(network);
        tally.setBadChildren(Sums.isBad(tally.getCounts()) ? network : Sketch.empty());
        return tally;
    }

    /** The same seen from the next level up, where this prefix is a child; decisions of people hold for the child alone. */
    static Tally fromChild(Tally tally, Prefix child) {
        ByteBuffer sketch = Sketch.of(child.key());
        return new Tally(
                tally.getCounts(),
                tally.getAddresses(),
                sketch,
                Sums.isBad(tally.getCounts()) ? sketch : Sketch.empty(),
                tally.getDomains(),
                new ArrayList<>());
    }

    /** Adds the second to the first, which is changed and returned. */
    public static Tally add(Tally sum, Tally more) {
        Sums.add(sum.getCounts(), more.getCounts());
        sum.setAddresses(Sketch.merge(sum.getAddresses(), more.getAddresses()));
        sum.setChildren(Sketch.merge(sum.getChildren(), more.getChildren()));
        sum.setBadChildren(Sketch.merge(sum.getBadChildren(), more.getBadChildren()));
        sum.setDomains(Sketch.merge(sum.getDomains(), more.getDomains()));
        if (!more.getOrders().isEmpty()) {
            sum.setOrders(inOrder(sum.getOrders(), more.getOrders()));
        }
        return sum;
    }

    /** A copy with every event marked late. */
    static Tally allLate(Tally tally) {
        return new Tally(
                Sums.allLate(tally.getCounts()),
                tally.getAddresses(),
                tally.getChildren(),
                tally.getBadChildren(),
                tally.getDomains(),
                tally.getOrders());
    }

    /** However they came in, in the same order; the oldest of too many are dropped. */
    private static List<Order> inOrder(List<Order> some, List<Order> more) {
        List<Order> all = Stream.concat(some.stream(), more.stream())
                .sorted(Comparator.comparingLong(Order::getAt)
                        .thenComparing(Order::getList)
                        .thenComparing(Order::getBy)
                        .thenComparing(Order::getComment))
                .toList();
        return new ArrayList<>(all.subList(Math.max(0, all.size() - MAX_ORDERS), all.size()));
    }
}
