package org.slash64.enrichers.spf;

import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param status the verdict
 * @param domain the domain that was checked, as the client gave it, without the dot at the end
 * @param explanation for {@link SpfStatus#FAIL} the domain's own text to the sender (RFC 7208 section 6.2), printable
 *     ASCII; empty where it has none that is valid, and the receiver's own text is due
 * @param path the mechanism that decided: each {@code include} that led to it, outermost first, and at the end itself;
 *     empty when none matched
 * @param dnsTerms terms evaluated that ask DNS, of {@link SpfLimits#MAX_DNS_TERMS}
 * @param queries questions asked
 * @param voidLookups questions of terms to which DNS said that there is nothing
 * @param voidLimit whether the verdict is {@link SpfStatus#PERMERROR} for void lookups alone: a limit of the receiver
 *     that often hits IPv6 clients, not a mistake in the record
 * @param reason how the verdict came about, in words for people
 */
public record SpfResult(
        SpfStatus status,
        String domain,
        Optional<String> explanation,
        List<SpfMatch> path,
        int dnsTerms,
        int queries,
        int voidLookups,
        boolean voidLimit,
        String reason) {
    /** Copies the list. */
    public SpfResult {
        path = List.copyOf(path);
    }

    /** The mechanism that decided and the domain whose record has it. */
    public Optional<SpfMatch> match() {
        return path.isEmpty() ? Optional.empty() : Optional.of(path.get(path.size() - 1));
    }
}
