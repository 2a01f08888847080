package org.slash64.connectors.rpz;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slash64.connectors.publish.DomainList;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.Snapshot;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Prefix;

/**
 * A response policy zone (draft-vixie-dnsop-dns-rpz-00), {@code blocklist.rpz}, with names relative to whatever it is called: names under
 * listed domains, and names whose addresses are listed, do not exist. Exceptions pass. It filters what a resolver answers, and so
 * keeps no client from connecting.
 */
public final class ResponsePolicyZone implements ListFormat {

    /** A name with {@code *.} and the zone's own name has to keep to 253 characters (RFC 1035 section 2.3.4), or no server loads the zone. */
    static final int MAX_DOMAIN = 253 - 2 - 64;

    private static final String NO_SUCH_NAME = " CNAME .\n";
    private static final String PASS = " CNAME rpz-passthru.\n";

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of("blocklist.rpz", out -> write(snapshot, out));
    }

    private static void write(Snapshot snapshot, Writer out) throws IOException {
        out.write("; slash64 blocklist, version " + snapshot.version() + "\n"
                + "$TTL 60\n"
                + "@ SOA localhost. postmaster.localhost. " + snapshot.version() + " 600 300 86400 60\n"
                + "@ NS localhost.\n");
        for (Prefix prefix : snapshot.prefixes().listings().keySet()) {
            out.write(trigger(prefix) + NO_SUCH_NAME);
        }
        for (Prefix exception : snapshot.prefixes().exceptions()) {
            out.write(trigger(exception) + PASS);
        }
        for (Map.Entry<Domain, String> name : actions(snapshot.domains()).entrySet()) {
            both(name.getKey(), name.getValue(), out);
        }
    }

    /**
     * What is done about each domain, and about those between a domain and the one it lies under: where {@code x.y.example} is a name of
     * the zone, {@code *.example} says nothing of {@code y.example} and the names under it (RFC 4592 section 2.2.2).
     */
    private static SortedMap<Domain, String> actions(DomainList domains) {
        SortedMap<Domain, String> actions = new TreeMap<>();
        domains.listings().keySet().forEach(domain -> actions.put(domain, NO_SUCH_NAME));
        domains.exceptions().forEach(domain -> actions.put(domain, PASS));
        SortedMap<Domain, String> all = new TreeMap<>(actions);
        for (Domain domain : actions.keySet()) {
            List<Domain> between = DomainList.parents(domain)
                    .takeWhile(parent -> !actions.containsKey(parent))
                    .toList();
            DomainList.parents(domain)
                    .skip(between.size())
                    .findFirst()
                    .ifPresent(over -> between.forEach(name -> all.put(name, actions.get(over))));
        }
        return all;
    }

    private static void both(Domain domain, String action, Writer out) throws IOException {
        if (domain.name().length() <= MAX_DOMAIN) {
            out.write(domain + action);
            out.write("*." + domain + action);
        }
    }

    /** Length and address from the end to the start, {@code zz} where RFC 5952 writes {@code ::} (section 4.1.1 of the draft). */
    private static String trigger(Prefix prefix) {
        String address = prefix.address().toString();
        List<String> parts = prefix.address().v6()
                ? Arrays.stream(address.replace("::", ":zz:").split(":"))
                        .filter(part -> !part.isEmpty())
                        .toList()
                : List.of(address.split("\\."));
        List<String> reversed = new ArrayList<>(parts);
        Collections.reverse(reversed);
        return prefix.length() + "." + String.join(".", reversed) + ".rpz-ip";
    }
}
