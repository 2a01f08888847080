package org.slash64.connectors.accessmap;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Snapshot;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;
import org.slash64.schemas.Subject;

/**
 * Two access maps for Postfix: {@code blocklist.cidr} with prefixes, for {@code check_client_access cidr:}, and
 * {@code blocklist.texthash} with domains, for {@code check_sender_access} and the like, as it is ({@code texthash:}) or made into an
 * indexed file by postmap. An exception is DUNNO.
 */
public final class AccessMaps implements ListFormat {

    /** RFC 3463: delivery not authorized. */
    private static final String STATUS = "5.7.1";

    private static final String DUNNO = " DUNNO\n";

    private final ListingText text;

    public AccessMaps(ListingText text) {
        this.text = text;
    }

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of(
                "blocklist.cidr", out -> prefixes(snapshot, out),
                "blocklist.texthash", out -> domains(snapshot, out));
    }

    /** The first line that matches counts, so the longest come first. */
    private void prefixes(Snapshot snapshot, Writer out) throws IOException {
        header(snapshot, out);
        Map<Prefix, Listing> listings = snapshot.prefixes().listings();
        List<Prefix> longestFirst = new ArrayList<>(listings.keySet());
        longestFirst.addAll(snapshot.prefixes().exceptions());
        longestFirst.sort(Comparator.comparingInt(Prefix::length).reversed());
        for (Prefix prefix : longestFirst) {
            Listing listing = listings.get(prefix);
            out.write(prefix + (listing == null ? DUNNO : reject(prefix, listing)));
        }
    }

    /** Whether {@code example.org} stands for the names under it as well is up to parent_domain_matches_subdomains. */
    private void domains(Snapshot snapshot, Writer out) throws IOException {
        header(snapshot, out);
        for (Map.Entry<Domain, Listing> entry : snapshot.domains().listings().entrySet()) {
            both(entry.getKey(), reject(entry.getKey(), entry.getValue()), out);
        }
        for (Domain exception : snapshot.domains().exceptions()) {
            both(exception, DUNNO, out);
        }
    }

    private static void both(Domain domain, String action, Writer out) throws IOException {
        out.write(domain + action);
        out.write("." + domain + action);
    }

    private String reject(Subject subject, Listing listing) {
        return " REJECT " + STATUS + " slash64: " + text.of(subject, listing) + "\n";
    }

    private static void header(Snapshot snapshot, Writer out) throws IOException {
        out.write("# slash64 blocklist, version " + snapshot.version() + "\n");
    }
}
