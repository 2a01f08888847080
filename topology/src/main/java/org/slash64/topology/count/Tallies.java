package org.slash64.topology.count;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slash64.schemas.Address;
import org.slash64.schemas.AuthenticatedDomain;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.state.Tally;

/** Arithmetic on {@link Tally}. */
public final class Tallies {

    private Tallies() {}

    /** Nothing. */
    public static Tally none() {
        return of(Sums.zero());
    }

    /** Sums without anything distinct. */
    public static Tally of(Counts counts) {
        return new Tally(counts, Sketch.empty(), Sketch.empty(), Sketch.empty(), Sketch.empty());
    }

    /** What one verdict comes to in the finest prefix of its client. */
    static Tally of(SmtpVerdict verdict, Address client) {
        Tally tally = of(Sums.of(verdict));
        tally.setAddresses(Sketch.of(client.toInetAddress().getAddress()));
        if (verdict.getOutcome() == Outcome.GOOD && verdict.getAuthentication() != null) {
            verdict.getAuthentication().getDomains().stream()
                    .map(AuthenticatedDomain::getOrganisationalDomain)
                    .map(domain -> Sketch.of(domain.getBytes(StandardCharsets.UTF_8)))
                    .forEach(domain -> tally.setDomains(Sketch.merge(tally.getDomains(), domain)));
        }
        return tally;
    }

    /** The same seen from the next level up, where this prefix is a child. */
    static Tally fromChild(Tally tally, Prefix child) {
        ByteBuffer sketch = Sketch.of(child.key());
        return new Tally(
                tally.getCounts(),
                tally.getAddresses(),
                sketch,
                tally.getCounts().getBad() > 0 ? sketch : Sketch.empty(),
                tally.getDomains());
    }

    /** Adds the second to the first, which is changed and returned. */
    public static Tally add(Tally sum, Tally more) {
        Sums.add(sum.getCounts(), more.getCounts());
        sum.setAddresses(Sketch.merge(sum.getAddresses(), more.getAddresses()));
        sum.setChildren(Sketch.merge(sum.getChildren(), more.getChildren()));
        sum.setBadChildren(Sketch.merge(sum.getBadChildren(), more.getBadChildren()));
        sum.setDomains(Sketch.merge(sum.getDomains(), more.getDomains()));
        return sum;
    }

    /** A copy with every event marked late. */
    static Tally allLate(Tally tally) {
        return new Tally(
                Sums.allLate(tally.getCounts()),
                tally.getAddresses(),
                tally.getChildren(),
                tally.getBadChildren(),
                tally.getDomains());
    }
}
