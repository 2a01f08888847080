package org.slash64.connectors.accessmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.ListingText;
import org.slash64.connectors.publish.Listings;
import org.slash64.schemas.Address;
import org.slash64.schemas.Prefix;

class AccessMapsTest extends ListFormatContract {

    @Override
    protected ListFormat format() {
        return new AccessMaps(new ListingText(LINK));
    }

    @Override
    protected Reader read(Map<String, String> files) {
        return new FirstMatch(entries(files.get("blocklist.cidr")), entries(files.get("blocklist.texthash")));
    }

    private static Map<String, String> entries(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(" ", 2);
            assertThat(entries.put(parts[0], parts[1])).as(line).isNull();
        });
        return entries;
    }

    private record FirstMatch(Map<String, String> prefixes, Map<String, String> domains) implements Reader {

        @Override
        public boolean lists(Address client) {
            return prefixes.entrySet().stream()
                    .filter(entry -> Prefix.parse(entry.getKey()).orElseThrow().contains(client))
                    .findFirst()
                    .filter(entry -> entry.getValue().startsWith("REJECT"))
                    .isPresent();
        }

        /** As Postfix does without parent_domain_matches_subdomains: the name, then each parent with a dot before it. */
        @Override
        public boolean lists(String name) {
            String action = domains.get(name);
            for (int dot = name.indexOf('.'); action == null && dot >= 0; dot = name.indexOf('.', dot + 1)) {
                action = domains.get(name.substring(dot));
            }
            return action != null && action.startsWith("REJECT");
        }
    }

    @Test
    void files_haveReasonLinkAndOurName_longestFirst() {
        Map<String, String> files = new Listings()
                .add("2001:db8::/48", "a")
                .add("2001:db8:0:1::/64", "b")
                .allow("2001:db8::1/128")
                .addDomain("example.org", "c")
                .allowDomain("a.example.org")
                .written(format(), Listings.LISTED);
        assertThat(files.get("blocklist.cidr").lines())
                .containsExactly(
                        "# slash64 blocklist, version 1794816000",
                        "2001:db8::1/128 DUNNO",
                        "2001:db8:0:1::/64 REJECT 5.7.1 slash64: 2001:db8:0:1::/64 listed until 2026-11-17 09:30 UTC: b"
                                + " https://example.org/why?s=2001:db8:0:1::/64",
                        "2001:db8::/48 REJECT 5.7.1 slash64: 2001:db8::/48 listed until 2026-11-17 09:30 UTC: a"
                                + " https://example.org/why?s=2001:db8::/48");
        String reject = " REJECT 5.7.1 slash64: example.org listed until 2026-11-17 09:30 UTC: c"
                + " https://example.org/why?s=example.org";
        assertThat(files.get("blocklist.texthash").lines())
                .containsExactly(
                        "# slash64 blocklist, version 1794816000",
                        "example.org" + reject,
                        ".example.org" + reject,
                        "a.example.org DUNNO",
                        ".a.example.org DUNNO");
    }
}
