package org.slash64.testkit.conformance.dkim;

import java.util.Set;

/**
 * What one DKIM-Signature field should come to.
 *
 * @param number its place in the header, the topmost is 1
 * @param legacy results that are right where rsa-sha1 and short RSA keys are taken
 * @param rfc8301 results that are right where RFC 8301 is enforced
 */
public record ExpectedSignature(int number, Set<String> legacy, Set<String> rfc8301) {
    /** Words for "cannot be evaluated", which libraries choose between (RFC 8601 section 2.7.1). */
    private static final Set<String> NOT_EVALUATED = Set.of("permerror", "neutral", "policy");

    /** Copies the sets. */
    public ExpectedSignature {
        legacy = Set.copyOf(legacy);
        rfc8301 = Set.copyOf(rfc8301);
    }

    /** What is right, in the words of RFC 8601. */
    public Set<String> expected(boolean allowLegacy) {
        return allowLegacy ? legacy : rfc8301;
    }

    /** Whether a result is right; permerror, neutral and policy count as one. */
    public boolean accepts(String result, boolean allowLegacy) {
        Set<String> expected = expected(allowLegacy);
        return expected.contains(result)
                || (NOT_EVALUATED.contains(result) && expected.stream().anyMatch(NOT_EVALUATED::contains));
    }
}
