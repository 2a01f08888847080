package org.slash64.connectors.rbldnsd;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slash64.connectors.publish.Blocklist;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.schemas.Listing;

/**
 * A pair of rbldnsd datasets from one version of the blocklist: {@code blocklist.ip6trie} and {@code blocklist.ip4trie}.
 * A listed client is answered 127.0.0.2 with the reason as TXT; an exception is written as one ({@code !}). The zones carry the test entries of RFC 5782 section 5,
 * and expire when they are not written again in time, so that a stalled publisher lists nobody for long.
 */
public final class RbldnsdZones implements ListFormat {

    /** How long rbldnsd answers from a file that is not written again; then it answers SERVFAIL. */
    public static final Duration EXPIRY = Duration.ofDays(1);

    /** A TXT character-string holds no more (RFC 1035 section 3.3), and rbldnsd cuts there. */
    private static final int MAX_TEXT_BYTES = 255;

    private static final String DEFAULT_ANSWER = ":127.0.0.2:listed by slash64: $";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyy:MM:dd:HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public Map<String, byte[]> files(Blocklist blocklist, Instant now) {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("blocklist.ip6trie", zone(blocklist, now, true));
        files.put("blocklist.ip4trie", zone(blocklist, now, false));
        return files;
    }

    private static byte[] zone(Blocklist blocklist, Instant now, boolean v6) {
        StringBuilder zone = new StringBuilder(header(now));
        zone.append(v6 ? "::ffff:7f00:2/128" : "127.0.0.2/32").append(" :127.0.0.2:test entry of RFC 5782\n");
        blocklist.listings().forEach((prefix, listing) -> {
            if (prefix.address().v6() == v6) {
                zone.append(prefix).append(" :127.0.0.2:").append(text(listing)).append('\n');
            }
        });
        blocklist.exceptions().stream()
                .filter(prefix -> prefix.address().v6() == v6)
                .forEach(prefix -> zone.append('!').append(prefix).append('\n'));
        return zone.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Without an SOA negative answers can't be cached; its minimum is their time to live (RFC 2308). */
    private static String header(Instant now) {
        long version = now.getEpochSecond();
        return "# slash64 blocklist, version " + version + "\n"
                + "$SOA 300 localhost. postmaster.localhost. " + version + " 600 300 86400 60\n"
                + "$NS 300 localhost.\n"
                + "$TTL 60\n"
                + "$TIMESTAMP " + STAMP.format(now) + " +" + EXPIRY.toHours() + "h\n"
                + DEFAULT_ANSWER + "\n";
    }

    private static String text(Listing listing) {
        String until = DAY_AND_TIME.format(listing.getExpires());
        String text = listing.getSubject() + " listed until " + until + ": " + listing.getReason();
        StringBuilder safe = new StringBuilder();
        text.chars()
                .limit(MAX_TEXT_BYTES)
                .map(c -> c < ' ' || c > '~' || c == '$' || c == '\\' ? '?' : c)
                .forEach(c -> safe.append((char) c));
        return safe.toString();
    }
}
