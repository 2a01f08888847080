package org.slash64.testkit.conformance.dkim;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One message of a suite.
 *
 * @param file the message
 * @param bareLineFeeds whether its lines end with bare line feeds, which stand for CRLF; empty when the index does not
 *     say
 * @param time when to verify; empty where it does not matter
 * @param dns answers for keys, by name in lower case; other names do not exist
 * @param signatures one for each DKIM-Signature field, top first
 */
public record DkimCase(
        Path file,
        Optional<Boolean> bareLineFeeds,
        Optional<Instant> time,
        Map<String, KeyAnswer> dns,
        List<ExpectedSignature> signatures) {
    /** Copies the collections. */
    public DkimCase {
        dns = Map.copyOf(dns);
        signatures = List.copyOf(signatures);
    }

    /** A result that is not right. */
    public record Mismatch(int number, String expected, String got) {}

    /** What DNS says to a name, whatever its case and with or without the dot at its end. */
    public KeyAnswer answer(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        String key = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return dns.getOrDefault(key, KeyAnswer.Failure.NXDOMAIN);
    }

    /**
     * Compares results with what was expected; a signature without a result has the result none.
     *
     * @param results in words of RFC 8601, top signature first
     * @return what is not right; empty when the message passes
     */
    public List<Mismatch> judge(List<String> results, boolean allowLegacy) {
        List<Mismatch> mismatches = new ArrayList<>();
        for (int i = 0; i < Math.max(results.size(), signatures.size()); i++) {
            String got = i < results.size() ? results.get(i) : "none";
            if (i >= signatures.size()) {
                mismatches.add(new Mismatch(i + 1, "no signature", got));
            } else if (!signatures.get(i).accepts(got, allowLegacy)) {
                mismatches.add(new Mismatch(i + 1, words(signatures.get(i), allowLegacy), got));
            }
        }
        return mismatches;
    }

    private static String words(ExpectedSignature signature, boolean allowLegacy) {
        return String.join(
                " or ", signature.expected(allowLegacy).stream().sorted().toList());
    }
}
