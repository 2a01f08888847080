package org.slash64.deploy.report;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slash64.connectors.milter.MilterStatistics;

/** What a milter did, in one line. */
public final class MilterReport {

    private MilterReport() {}

    /** Messages, and those of the other counts that are not zero. */
    public static String line(MilterStatistics done) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("marked", done.marked());
        counts.put("quarantined", done.quarantined());
        counts.put("rejected", done.rejected());
        counts.put("deferred", done.deferred());
        counts.put("told to come over IPv4", done.sentToIpv4());
        counts.put("aborted", done.aborted());
        counts.put("let pass undecided", done.failedOpen());
        counts.put("let pass because what is known was too old", done.stale());
        counts.put("observations lost", done.unobserved());
        counts.put("connections broken off", done.brokenOff());
        counts.put("connections refused", done.connections().refused());
        String others = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "milter: %,d messages", done.messages())
                + (others.isEmpty() ? "" : "; " + others);
    }
}
