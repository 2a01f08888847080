package org.slash64.topology;

import java.util.List;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.SmtpVerdict;

/** What the steps of the stream decide, for tests of other packages. */
public final class DecisionTasks {

    private DecisionTasks() {}

    /** All changes of listings that these verdicts lead to, read in this order, and the days after them. */
    public static List<ListingChange> history(List<SmtpVerdict> verdicts) {
        CountingTasks tasks = new CountingTasks(1);
        verdicts.forEach(verdict -> {
            tasks.read(0, verdict);
            tasks.pass(500);
        });
        return tasks.finish().history().values().stream().flatMap(List::stream).toList();
    }
}
