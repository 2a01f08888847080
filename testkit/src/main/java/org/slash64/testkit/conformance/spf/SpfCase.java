package org.slash64.testkit.conformance.spf;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * One check and what should come of it.
 *
 * @param name what the suite calls it
 * @param mailFrom the sender; empty for a check of the HELO identity
 * @param results in lower case; any of them is right
 * @param explanation what a result of fail should bring along; {@link #DEFAULT} for the receiver's own
 */
public record SpfCase(
        String name,
        InetAddress client,
        String helo,
        String mailFrom,
        List<String> results,
        Optional<String> explanation) {
    /** Stands for the implementation's own default text. */
    public static final String DEFAULT = "DEFAULT";

    /** Copies the list. */
    public SpfCase {
        results = List.copyOf(results);
    }
}
