package org.slash64.connectors.rpz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.publish.ListFormat;
import org.slash64.connectors.publish.ListFormatContract;
import org.slash64.connectors.publish.Listings;
import org.slash64.connectors.publish.Longest;
import org.slash64.schemas.Prefix;

class ResponsePolicyZoneTest extends ListFormatContract {

    @Override
    protected ListFormat format() {
        return new ResponsePolicyZone();
    }

    @Override
    protected Reader read(Map<String, String> files) {
        Longest read = new Longest();
        files.get("blocklist.rpz")
                .lines()
                .filter(line -> line.contains(" CNAME "))
                .forEach(line -> {
                    String[] words = line.split(" ", 3);
                    boolean listed = words[2].equals(".");
                    if (words[0].endsWith(".rpz-ip")) {
                        read.put(prefix(words[0]), listed);
                    } else {
                        read.put(words[0].startsWith("*.") ? words[0].substring(2) : words[0], listed);
                    }
                });
        return read;
    }

    private static Prefix prefix(String trigger) {
        List<String> labels = new ArrayList<>(List.of(trigger.split("\\.", -1)));
        labels.remove(labels.size() - 1);
        String length = labels.remove(0);
        boolean v4 = labels.size() == 4 && !labels.contains("zz");
        Collections.reverse(labels);
        String address = String.join(v4 ? "." : ":", labels);
        address = address.replace(":zz:", "::")
                .replace("zz:", "::")
                .replace(":zz", "::")
                .replace("zz", "::");
        return Prefix.parse(address + "/" + length).orElseThrow();
    }

    private List<String> zone(Listings listings) {
        return listings.written(format(), Listings.LISTED)
                .get("blocklist.rpz")
                .lines()
                .skip(4)
                .toList();
    }

    @Test
    void triggers_areLengthAndReversedAddress_asBindWantsThem() {
        assertThat(zone(new Listings()
                        .add("192.0.2.0/24", "a")
                        .add("2001:db8::/48", "b")
                        .add("2001:db8:0:1::/64", "c")
                        .add("2001:db8:1:0:1:0:0:1/128", "d")
                        .add("2001:db8:1:2:3:4:5:6/128", "e")
                        .allow("2001:db8:0:1::/72")))
                .containsExactly(
                        "24.0.2.0.192.rpz-ip CNAME .",
                        "48.zz.db8.2001.rpz-ip CNAME .",
                        "64.zz.1.0.db8.2001.rpz-ip CNAME .",
                        "128.1.zz.1.0.1.db8.2001.rpz-ip CNAME .",
                        "128.6.5.4.3.2.1.db8.2001.rpz-ip CNAME .",
                        "72.zz.1.0.db8.2001.rpz-ip CNAME rpz-passthru.");
    }

    @Test
    void domains_betweenAnExceptionAndItsListing_areWrittenToo() {
        assertThat(zone(new Listings().addDomain("example.org", "a").allowDomain("x.y.example.org")))
                .containsExactly(
                        "example.org CNAME .",
                        "*.example.org CNAME .",
                        "x.y.example.org CNAME rpz-passthru.",
                        "*.x.y.example.org CNAME rpz-passthru.",
                        "y.example.org CNAME .",
                        "*.y.example.org CNAME .");
    }

    /** A name that does not fit would keep the whole zone from loading. */
    @Test
    void domains_overLong_areLeftOut() {
        String fits = "a.".repeat(91) + "12345";
        assertThat(fits).hasSize(ResponsePolicyZone.MAX_DOMAIN);
        assertThat(zone(new Listings()
                        .addDomain(fits.replace("12345", "1234x"), "a")
                        .addDomain("b" + fits + "x", "b")))
                .hasSize(2);
    }
}
