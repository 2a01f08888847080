package org.slash64.connectors.rbldnsd;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Snapshot;
import org.slash64.schemas.Domain;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Prefix;

/**
 * Three rbldnsd datasets: {@code blocklist.ip6trie} and {@code blocklist.ip4trie} with prefixes, {@code blocklist.dnset} with
 * domains and all names under them. What is listed is answered 127.0.0.2 with the reason as TXT; an exception is written as one
 * ({@code !}). The zones carry the test entries of RFC 5782 section 5, and expire when they are not written again in time, so that
 * a stalled publisher lists nobody for long.
 */
public final class RbldnsdZones implements ListFormat {

    /** How long rbldnsd answers from a file that is not written again; then it answers SERVFAIL. */
    public static final Duration EXPIRY = Duration.ofDays(1);

    private static final String DEFAULT_ANSWER = ":127.0.0.2:listed by slash64: $";
    private static final String TEST_ENTRY = " :127.0.0.2:test entry of RFC 5782\n";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy:MM:dd:HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ListingText text;

    public RbldnsdZones(ListingText text) {
        this.text = text;
    }

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of(
                "blocklist.ip6trie", out -> prefixes(snapshot, true, out),
                "blocklist.ip4trie", out -> prefixes(snapshot, false, out),
                "blocklist.dnset", out -> domains(snapshot, out));
    }

    private void prefixes(Snapshot snapshot, boolean v6, Writer out) throws IOException {
        header(snapshot, out);
        out.write((v6 ? "::ffff:7f00:2/128" : "127.0.0.2/32") + TEST_ENTRY);
        for (Map.Entry<Prefix, Listing> entry : snapshot.prefixes().listings().entrySet()) {
            if (entry.getKey().address().v6() == v6) {
                out.write(entry.getKey() + " :127.0.0.2:" + text.of(entry.getKey(), entry.getValue()) + "\n");
            }
        }
        for (Prefix exception : snapshot.prefixes().exceptions()) {
            if (exception.address().v6() == v6) {
                out.write("!" + exception + "\n");
            }
        }
    }

    private void domains(Snapshot snapshot, Writer out) throws IOException {
        header(snapshot, out);
        out.write("test" + TEST_ENTRY);
        for (Map.Entry<Domain, Listing> entry : snapshot.domains().listings().entrySet()) {
            out.write("." + entry.getKey() + " :127.0.0.2:" + text.of(entry.getKey(), entry.getValue()) + "\n");
        }
        for (Domain exception : snapshot.domains().exceptions()) {
            out.write("!." + exception + "\n");
        }
    }

    /** Without an SOA negative answers can't be cached; its minimum is their time to live (RFC 2308). */
    private static void header(Snapshot snapshot, Writer out) throws IOException {
        long version = snapshot.version();
        out.write("# slash64 blocklist, version " + version + "\n"
                + "$SOA 300 localhost. postmaster.localhost. " + version + " 600 300 86400 60\n"
                + "$NS 300 localhost.\n"
                + "$TTL 60\n"
                + "$TIMESTAMP " + STAMP.format(snapshot.written()) + " +" + EXPIRY.toHours() + "h\n"
                + DEFAULT_ANSWER + "\n");
    }
}
