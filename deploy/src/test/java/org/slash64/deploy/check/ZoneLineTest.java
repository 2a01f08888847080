package org.slash64.deploy.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.slash64.enrichers.spf.SpfOutline;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Records are written so that a zone file takes them, and read back as they were meant. */
class ZoneLineTest {

    private static List<String> readBack(String line) {
        return SpfOutline.records(ZoneDns.of(line + "\n")
                .query(Name.fromConstantString("example.org."), Type.TXT)
                .join());
    }

    @Test
    void txt_ofAnyBytes_isReadBackAsItWas() {
        StringBuilder text = new StringBuilder("v=spf1 ");
        for (int i = 0; i < 256; i++) {
            text.append((char) i);
        }
        String line = ZoneLine.txt("example.org", text.toString());
        assertThat(line.chars()).allMatch(octet -> octet >= ' ' && octet < 0x7f);
        assertThat(readBack(line)).containsExactly(text.toString());
    }

    @Test
    void txt_longerThanAString_isSplit() {
        String text = "v=spf1 " + "x".repeat(600);
        String line = ZoneLine.txt("example.org", text);
        assertThat(line.chars().filter(c -> c == '"')).hasSize(6);
        assertThat(readBack(line)).containsExactly(text);
    }

    @Test
    void lines_ofAddresses_haveTheirType() {
        assertThat(ZoneLine.address("a.example", Reports.address("192.0.2.1"))).isEqualTo("a.example. IN A 192.0.2.1");
        assertThat(ZoneLine.address("a.example", Reports.address("2001:db8::1")))
                .isEqualTo("a.example. IN AAAA 2001:db8::1");
        assertThat(ZoneLine.ptr(Reports.address("192.0.2.1"), "a.example"))
                .isEqualTo("1.2.0.192.in-addr.arpa. IN PTR a.example.");
        assertThat(ZoneLine.mx("example.org", 10, "a.example")).isEqualTo("example.org. IN MX 10 a.example.");
    }
}
