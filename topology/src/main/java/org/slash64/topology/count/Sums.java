package org.slash64.topology.count;

import org.slash64.schemas.AuthenticationOutcome;
import org.slash64.schemas.Counts;
import org.slash64.schemas.DkimResult;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.SpfResult;
import org.slash64.topology.enrich.OutcomeTable;

/** Arithmetic on {@link Counts}. */
public final class Sums {

    private Sums() {}

    /** All zero. */
    public static Counts zero() {
        return new Counts();
    }

    /** What one verdict counts as. */
    public static Counts of(SmtpVerdict verdict) {
        Counts counts = zero();
        SmtpEvent event = verdict.getEvent();
        counts.setLate(event.getLate() ? 1 : 0);
        if (OutcomeTable.isOwn(event)) {
            counts.setOwnRejections(1);
            return counts;
        }
        switch (event.getKind()) {
            case CONNECTION -> {
                counts.setConnections(1);
                counts.setFcrdnsPass(verdict.getFcrdns().getResult() == FcrdnsResult.PASS ? 1 : 0);
            }
            case MESSAGE -> {
                counts.setMessages(1);
                counts.setBytes(event.getSize() == null ? 0 : event.getSize());
            }
            case REJECTION -> counts.setRejections(1);
        }
        counts.setGood(verdict.getOutcome() == Outcome.GOOD ? 1 : 0);
        counts.setBad(verdict.getOutcome() == Outcome.BAD ? 1 : 0);
        counts.setTemperrors(isTemporary(verdict) ? 1 : 0);
        counts.setAuthenticated(is(verdict, AuthenticationOutcome.PASSED) ? 1 : 0);
        counts.setUnauthenticated(is(verdict, AuthenticationOutcome.FAILED) ? 1 : 0);
        return counts;
    }

    private static boolean is(SmtpVerdict verdict, AuthenticationOutcome outcome) {
        return verdict.getAuthentication() != null
                && verdict.getAuthentication().getOutcome() == outcome;
    }

    private static boolean isTemporary(SmtpVerdict verdict) {
        return verdict.getFcrdns().getResult() == FcrdnsResult.TEMPERROR
                || verdict.getSpf().stream().anyMatch(spf -> spf.getResult() == SpfResult.TEMPERROR)
                || (verdict.getDkim() != null
                        && verdict.getDkim().stream().anyMatch(dkim -> dkim.getResult() == DkimResult.TEMPERROR));
    }

    /** Adds the second to the first, which is changed and returned. */
    public static Counts add(Counts sum, Counts more) {
        sum.setConnections(sum.getConnections() + more.getConnections());
        sum.setMessages(sum.getMessages() + more.getMessages());
        sum.setRejections(sum.getRejections() + more.getRejections());
        sum.setBytes(sum.getBytes() + more.getBytes());
        sum.setGood(sum.getGood() + more.getGood());
        sum.setBad(sum.getBad() + more.getBad());
        sum.setFcrdnsPass(sum.getFcrdnsPass() + more.getFcrdnsPass());
        sum.setTemperrors(sum.getTemperrors() + more.getTemperrors());
        sum.setLate(sum.getLate() + more.getLate());
        sum.setAuthenticated(sum.getAuthenticated() + more.getAuthenticated());
        sum.setUnauthenticated(sum.getUnauthenticated() + more.getUnauthenticated());
        sum.setSpamtraps(sum.getSpamtraps() + more.getSpamtraps());
        sum.setComplaints(sum.getComplaints() + more.getComplaints());
        sum.setSpam(sum.getSpam() + more.getSpam());
        sum.setHam(sum.getHam() + more.getHam());
        sum.setTakenBack(sum.getTakenBack() + more.getTakenBack());
        sum.setOwnRejections(sum.getOwnRejections() + more.getOwnRejections());
        return sum;
    }

    /** The same sums with every event marked late. */
    public static Counts allLate(Counts counts) {
        Counts late = Counts.newBuilder(counts).build();
        late.setLate(events(counts));
        return late;
    }

    /** Whether anything in the sums speaks against whom they are of. */
    public static boolean isBad(Counts counts) {
        return counts.getBad() + counts.getSpamtraps() + counts.getComplaints() + counts.getSpam() > 0;
    }

    /** How many events the sums are of. */
    public static long events(Counts counts) {
        return counts.getConnections() + counts.getMessages() + counts.getRejections() + counts.getOwnRejections();
    }
}
