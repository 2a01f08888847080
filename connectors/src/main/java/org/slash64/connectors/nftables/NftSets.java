package org.slash64.connectors.nftables;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.Snapshot;

/**
 * A file for {@code nft -f}: the sets {@code blocked6} and {@code blocked4} of the table {@code inet slash64}, filled anew in one
 * transaction, the first time and each time after. Chains of the table stay as they are. Each element ends when its listing expires.
 */
public final class NftSets implements ListFormat {

    /**
     * So long an element stays whose listing is past its expiry by the wall clock but not delisted, because the logs are behind: longer
     * than it takes until the next version comes in any case.
     */
    static final Duration OVERDUE = Duration.ofHours(2);

    private static final String TABLE = "inet slash64";

    @Override
    public Map<String, Content> files(Snapshot snapshot) {
        return Map.of("blocklist.nft", out -> write(snapshot, out));
    }

    private static void write(Snapshot snapshot, Writer out) throws IOException {
        out.write("# slash64 blocklist, version " + snapshot.version() + "\n"
                + "table " + TABLE + " {\n"
                + "\tset blocked6 { type ipv6_addr; flags interval, timeout; }\n"
                + "\tset blocked4 { type ipv4_addr; flags interval, timeout; }\n"
                + "}\n");
        List<AddressRange> ranges = DisjointRanges.of(snapshot.prefixes());
        fill("blocked6", of(ranges, 128), snapshot.written(), out);
        fill("blocked4", of(ranges, 32), snapshot.written(), out);
    }

    private static List<AddressRange> of(List<AddressRange> ranges, int bits) {
        return ranges.stream().filter(range -> range.bits() == bits).toList();
    }

    private static void fill(String set, List<AddressRange> ranges, Instant now, Writer out) throws IOException {
        out.write("flush set " + TABLE + " " + set + "\n");
        if (!ranges.isEmpty()) {
            out.write("add element " + TABLE + " " + set + " {\n");
            for (AddressRange range : ranges) {
                out.write(range + " timeout " + left(range.expires(), now).toSeconds() + "s,\n");
            }
            out.write("}\n");
        }
    }

    private static Duration left(Instant expires, Instant now) {
        Duration left = Duration.between(now, expires);
        return left.toSeconds() > 0 ? left : OVERDUE;
    }
}
