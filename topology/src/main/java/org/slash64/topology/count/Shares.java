package org.slash64.topology.count;

import java.util.function.BiConsumer;
import org.slash64.schemas.Address;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Subject;
import org.slash64.schemas.state.Tally;

/** Whom things count for. Pure functions; each subject gets a tally of its own. */
public final class Shares {

    private Shares() {}

    /** An event that is not exempt counts for the finest prefix of its client, and for the domains authenticated in it. */
    public static void ofEvent(SmtpVerdict verdict, Address client, BiConsumer<Subject, Tally> each) {
        each.accept(Prefix.finest(client), Tallies.of(verdict, client));
        for (Domain domain : Tallies.domains(verdict)) {
            each.accept(domain, Tallies.ofDomain(verdict, client));
        }
    }

    /** What counts for a prefix counts for the levels above it as well, where it is a child. */
    public static void upwards(Subject subject, Tally tally, BiConsumer<Subject, Tally> each) {
        each.accept(subject, tally);
        if (subject instanceof Prefix prefix) {
            Prefix child = prefix;
            for (Prefix parent : prefix.upwards().skip(1).toList()) {
                each.accept(parent, Tallies.fromChild(tally, child));
                child = parent;
            }
        }
    }
}
