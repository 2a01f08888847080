package org.slash64.deploy.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slash64.deploy.check.SafeText;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfMatch;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;

/** One SPF verdict with how it came about. */
public final class SpfReport {

    private final SpfQuery query;
    private final SpfResult result;

    public SpfReport(SpfQuery query, SpfResult result) {
        this.query = query;
        this.result = result;
    }

    /** Prints it for people, the verdict first. */
    public void print(PrintWriter out) {
        out.println(result.status().text() + ": " + result.reason());
        line(out, "domain", result.domain() + " (" + query.identity().name().replace('_', ' ') + ")");
        line(out, "client", client());
        if (!result.path().isEmpty()) {
            line(out, "matched", result.path().stream().map(SpfReport::text).collect(Collectors.joining(" > ")));
        }
        result.explanation().ifPresent(text -> line(out, "explanation", text));
        line(out, "lookups", lookups());
        if (result.voidLimit()) {
            line(out, "note", "the limit of void lookups is the receiver's; the records themselves may be right");
        }
    }

    private String client() {
        return Address.ofBytes(query.client().getAddress()).toString();
    }

    private static String text(SpfMatch match) {
        return match.directive() + " of " + match.domain();
    }

    private String lookups() {
        return result.dnsTerms() + " of " + SpfLimits.MAX_DNS_TERMS + " terms, " + result.queries() + " questions, "
                + result.voidLookups() + " void";
    }

    /** Domains come from the client and may hold anything; a terminal gets what prints. */
    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-12s %s%n", name, SafeText.of(text));
    }

    /** It as JSON. */
    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("ip", client());
        node.put("identity", query.identity().name().toLowerCase(Locale.ROOT));
        node.put("domain", result.domain());
        node.put("result", result.status().text());
        node.put("reason", result.reason());
        ArrayNode matched = node.putArray("matched");
        result.path()
                .forEach(match ->
                        matched.addObject().put("domain", match.domain()).put("directive", match.directive()));
        result.explanation().ifPresent(text -> node.put("explanation", text));
        node.put("dns_terms", result.dnsTerms());
        node.put("queries", result.queries());
        node.put("void_lookups", result.voidLookups());
        node.put("void_limit", result.voidLimit());
        return node;
    }
}
