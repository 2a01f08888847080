package org.slash64.testkit.conformance.spf;

import java.util.List;
import org.xbill.DNS.Record;

/**
 * What the DNS of a scenario says to a question.
 *
 * @param records of the type asked for, at the end of any CNAME chain; empty unless there are some
 */
public record SuiteAnswer(Kind kind, List<Record> records) {
    /** How a question ends. */
    public enum Kind {
        ANSWER,
        NODATA,
        NXDOMAIN,
        SERVFAIL,
        TIMEOUT,
        /** CNAME records that lead nowhere. */
        CNAME_LOOP
    }

    /** Copies the list. */
    public SuiteAnswer {
        records = List.copyOf(records);
    }

    static SuiteAnswer without(Kind kind) {
        return new SuiteAnswer(kind, List.of());
    }
}
