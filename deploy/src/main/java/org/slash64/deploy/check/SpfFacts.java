package org.slash64.deploy.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfOutline;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;

/**
 * What is known of a domain's SPF before any of its own addresses is asked about.
 *
 * @param published the domain's record
 * @param terms terms that ask DNS, by the domain of the record that has them, the domain's own first
 * @param other4 the verdict on an IPv4 client that no record means, void lookups without limit
 * @param other6 the same in IPv6
 * @param sources whom the record lets send, with the addresses of the hosts it names
 */
record SpfFacts(
        SpfPublished published,
        Map<String, Integer> terms,
        SpfResult other4,
        SpfResult other6,
        List<NamedHosts> sources) {
    SpfFacts {
        sources = List.copyOf(sources);
    }

    /** Terms that ask DNS, over all records. */
    int allTerms() {
        return terms.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Whether the record and all it points to could be read and evaluated to the end. */
    boolean isEvaluated() {
        return isEvaluated(other4) && isEvaluated(other6);
    }

    private static boolean isEvaluated(SpfResult result) {
        return switch (result.status()) {
            case PASS, FAIL, SOFTFAIL, NEUTRAL -> true;
            case NONE, TEMPERROR, PERMERROR -> false;
        };
    }

    /** The verdict on the other clients that says why the record could not be evaluated, if it could not. */
    SpfResult doubtful() {
        return isEvaluated(other6) ? other4 : other6;
    }

    /** The verdict on the other clients that is better for them. */
    SpfResult lenient() {
        return Stream.of(SpfStatus.PASS, SpfStatus.NEUTRAL)
                .flatMap(status -> Stream.of(other6, other4).filter(other -> other.status() == status))
                .findFirst()
                .orElse(other6);
    }

    /** Whether clients that no early term matches get permerror from receivers with the usual limit. */
    boolean hasManyVoidLookups() {
        int most = Math.max(other6.voidLookups(), other4.voidLookups());
        return isEvaluated() && most > SpfLimits.DEFAULTS.voidLookups();
    }

    /** Whether another domain's record decides what this one does not. */
    boolean isRedirected() {
        return published.outline().flatMap(SpfOutline::redirect).isPresent();
    }
}
