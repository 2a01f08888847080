package org.slash64.deploy.report;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slash64.connectors.fallback.FallbackStatistics;
import org.slash64.connectors.fallback.Ruling;
import org.slash64.connectors.milter.MilterStatistics;
import org.slash64.connectors.policy.PolicyAction;
import org.slash64.connectors.policy.PolicyServer;
import org.slash64.connectors.policy.PolicyStatistics;

/** What a service for mail servers did, in one line: how much, and those of the other counts that are not zero. */
public final class ServiceReport {

    private ServiceReport() {}

    /** The milter's. */
    public static String of(MilterStatistics done) {
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
        return line("milter", done.messages(), "messages", counts);
    }

    /** The policy server's. */
    public static String of(PolicyServer server) {
        return of(server.statistics(), server.connections().refused());
    }

    /** @param refused connections beyond the bound */
    static String of(PolicyStatistics done, long refused) {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("marked", done.answers(PolicyAction.PREPEND));
        counts.put("rejected", done.answers(PolicyAction.REJECT));
        counts.put("deferred", done.answers(PolicyAction.DEFER_IF_PERMIT));
        counts.put("told to come over IPv4", done.answers(PolicyAction.TRY_IPV4));
        counts.put("let pass in doubt", done.failedOpen());
        counts.put("broken requests", done.brokenRequests());
        counts.put("connections refused", refused);
        return line("policy server", done.requests(), "requests", counts);
    }

    /** Of 421: how often it was said and was not, and what came of it. */
    public static String of(FallbackStatistics done) {
        Map<String, Long> counts = new TreeMap<>();
        done.rulings().forEach((ruling, times) -> counts.put(ruling.words(), times));
        counts.remove(Ruling.TELL.words());
        String said = line("421", done.rulings().getOrDefault(Ruling.TELL, 0L), Ruling.TELL.words(), counts);
        String breaker = done.why().isEmpty() ? "" : "; breaker " + done.breaker() + ": " + done.why();
        String exempt =
                done.exemptSenders() == 0 ? "" : String.format(Locale.ROOT, "; exempt now: %,d", done.exemptSenders());
        return said + exempt + returns(done) + breaker;
    }

    private static String returns(FallbackStatistics done) {
        long again = done.returned() + done.stayed();
        if (again + done.gone() == 0) {
            return "";
        }
        String share = again == 0 ? "" : String.format(Locale.ROOT, " (%.0f%%)", 100.0 * done.returned() / again);
        String median =
                done.median().map(time -> ", median " + Spans.text(time)).orElse("");
        return String.format(
                Locale.ROOT,
                "; over IPv4 came %,d of %,d mails that came again%s%s; %,d never came again",
                done.returned(),
                again,
                share,
                median,
                done.gone());
    }

    private static String line(String service, long done, String what, Map<String, Long> counts) {
        String others = counts.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s: %,d %s", service, done, what) + (others.isEmpty() ? "" : "; " + others);
    }
}
