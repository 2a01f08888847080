package org.slash64.enrichers.spf;

import org.slash64.enrichers.dns.DnsAnswer;

/** Counts what an evaluation costs against RFC 7208 section 4.6.4. */
final class Tally {
    private final int maxVoidLookups;
    private int terms;
    private int queries;
    private int voids;

    Tally(int maxVoidLookups) {
        this.maxVoidLookups = maxVoidLookups;
    }

    /** Counts a term that asks DNS; false when it is one too many. */
    boolean term() {
        terms++;
        return terms <= SpfLimits.MAX_DNS_TERMS;
    }

    void query() {
        queries++;
    }

    /** Counts a term's answer if it is void; false when it is one too many. */
    boolean answer(DnsAnswer answer) {
        if (answer.outcome().isVoid()) {
            voids++;
        }
        return voids <= maxVoidLookups;
    }

    int terms() {
        return Math.min(terms, SpfLimits.MAX_DNS_TERMS);
    }

    int queries() {
        return queries;
    }

    int voids() {
        return voids;
    }
}
