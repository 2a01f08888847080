package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Address;

/** The examples of RFC 7208 section 7.4, and limits. */
class MacroStringTest {

    private static MacroValues values(String sender, String ip) throws Exception {
        InetAddress client =
                InetAddress.getByAddress(Address.toByteArray(ip, ip.indexOf(':') < 0 ? Address.IPv4 : Address.IPv6));
        return new MacroValues(
                SpfQuery.mailFrom(client, sender, "mx.example.org"),
                ClientAddress.of(client),
                "email.example.com",
                "unknown",
                "mail.receiver.example",
                Clock.fixed(Instant.ofEpochSecond(1_234_567_890), ZoneOffset.UTC));
    }

    private static Optional<String> target(String spec, MacroValues values) throws SyntaxException {
        return MacroParser.domainSpec(spec).target(values).map(Domain::text);
    }

    @ParameterizedTest
    @CsvSource({
        "%{s}, strong-bad@email.example.com",
        "%{o}, email.example.com",
        "%{d}, email.example.com",
        "%{d4}, email.example.com",
        "%{d3}, email.example.com",
        "%{d2}, example.com",
        "%{d1}, com",
        "%{dr}, com.example.email",
        "%{d2r}, example.email",
        "%{l}, strong-bad",
        "%{l-}, strong.bad",
        "%{lr}, strong-bad",
        "%{lr-}, bad.strong",
        "%{l1r-}, strong",
        "%{ir}.%{v}._spf.%{d2}, 3.2.0.192.in-addr._spf.example.com",
        "%{lr-}.lp._spf.%{d2}, bad.strong.lp._spf.example.com",
        "%{lr-}.lp.%{ir}.%{v}._spf.%{d2}, bad.strong.lp.3.2.0.192.in-addr._spf.example.com",
        "%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}, 3.2.0.192.in-addr.strong.lp._spf.example.com",
        "%{d2}.trusted-domains.example.net, example.com.trusted-domains.example.net",
        "%{S}, strong-bad%40email.example.com",
        "%{h}, mx.example.org"
    })
    void target_ofRfcExample_isTheRfcs(String spec, String expected) throws Exception {
        assertThat(target(spec, values("strong-bad@email.example.com", "192.0.2.3")))
                .contains(expected);
    }

    @Test
    void target_ofIpv6_isNibbles() throws Exception {
        assertThat(target("%{ir}.%{v}._spf.%{d2}", values("a@email.example.com", "2001:db8::cb01")))
                .get()
                .asString()
                .isEqualToIgnoringCase(
                        "1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2" + ".ip6._spf.example.com");
    }

    @Test
    void text_ofExplanationMacros_isReadable() throws Exception {
        MacroString text = MacroParser.explanation("%{c} to %{r} at %{t}%_%%%-!");
        assertThat(text.text(values("a@b.example", "2001:db8:0:0:1:0:0:1"), 100))
                .contains("2001:db8::1:0:0:1 to mail.receiver.example at 1234567890 %%20!");
    }

    @Test
    void text_withControlCharactersOfTheClient_printsNone() throws Exception {
        assertThat(MacroParser.explanation("you are %{l}").text(values("a\r\nb\u001b@b.example", "192.0.2.1"), 100))
                .contains("you are a??b?");
    }

    @Test
    void target_overlong_losesLabelsFromTheLeft() throws Exception {
        String label = "a".repeat(60);
        String spec = "first." + (label + ".").repeat(4) + "%{d}";
        assertThat(target(spec, values("a@b.example", "192.0.2.1")))
                .contains((label + ".").repeat(3) + "email.example.com");
    }

    @Test
    void target_exactly253_staysWhole() {
        String name = "abc." + ("a".repeat(61) + ".").repeat(4) + "b";
        assertThat(name).hasSize(253);
        assertThat(Domain.shortened(name)).isEqualTo(name);
        assertThat(Domain.shortened("x" + name)).isEqualTo(name.substring(4));
        assertThat(Domain.of(name)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"a..example.com", ".example.com", "'a@b\u00e9.example'"})
    void target_thatIsNoName_isNone(String text) {
        assertThat(Domain.of(text)).isEmpty();
    }

    @Test
    void target_withNonAsciiLocalPart_matchesNothing() throws Exception {
        assertThat(target("%{L}.example.com", values("j\u00f6rg@email.example.com", "192.0.2.1")))
                .isEmpty();
    }

    @Test
    void target_ofMacroBomb_isBounded() throws Exception {
        String spec = "%{s}".repeat(20_000) + ".%{d}";
        assertThat(target(spec, values("a.".repeat(50_000) + "@b.example", "192.0.2.1")))
                .get()
                .asString()
                .hasSizeLessThanOrEqualTo(253);
    }

    @Test
    void text_ofMacroBomb_isNone() throws Exception {
        MacroString bomb = MacroParser.explanation("%{s}".repeat(20_000));
        assertThat(bomb.text(values("a.".repeat(50_000) + "@b.example", "192.0.2.1"), 1_024))
                .isEmpty();
    }
}
