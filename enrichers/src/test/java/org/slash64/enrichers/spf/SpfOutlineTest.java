package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records as their owners see them. */
class SpfOutlineTest {

    private static SpfOutline of(String record) {
        return SpfOutline.of(record, "example.org");
    }

    @Test
    void of_malformed_hasTheFlawAlone() {
        SpfOutline outline = of("v=spf1 mx ipv4:192.0.2.1 -all");
        assertThat(outline.flaw()).hasValueSatisfying(flaw -> assertThat(flaw).contains("ipv4:192.0.2.1"));
        assertThat(outline.sources()).isEmpty();
        assertThat(outline.dnsTerms()).isZero();
    }

    @Test
    void sources_areWhatPasses() {
        assertThat(of("v=spf1 a -mx ?ptr ip4:192.0.2.1 include:other.example exists:%{i}.example ~all")
                        .sources())
                .extracting(SpfSource::directive)
                .containsExactly("a", "ip4:192.0.2.1", "include:other.example", "exists:%{i}.example");
    }

    @Test
    void sources_targetLeftOut_isTheDomain() {
        assertThat(of("v=spf1 a mx:other.example a/24 a:%{d} -all").sources())
                .containsExactly(
                        new SpfSource.Host("a", Optional.of("example.org"), true),
                        new SpfSource.MailHosts("mx:other.example", Optional.of("other.example"), true),
                        new SpfSource.Host("a/24", Optional.of("example.org"), false),
                        new SpfSource.Host("a:%{d}", Optional.empty(), true));
    }

    @ParameterizedTest
    @CsvSource({
        "ip4:192.0.2.1, 192.0.2.1, 32, true",
        "ip4:192.0.2.1/24, 192.0.2.0, 24, false",
        "ip6:2001:db8::1, 2001:db8:0:0:0:0:0:1, 128, true",
        "ip6:2001:db8::1/32, 2001:db8:0:0:0:0:0:0, 32, false",
        "ip4:0.0.0.0/0, 0.0.0.0, 0, false"
    })
    void sources_ofAddresses_haveTheirNetwork(String term, String first, int bits, boolean single) {
        SpfSource.Addresses network =
                (SpfSource.Addresses) of("v=spf1 " + term + " -all").sources().get(0);
        assertThat(network.first().getHostAddress()).isEqualTo(first);
        assertThat(network.bits()).isEqualTo(bits);
        assertThat(network.single()).isEqualTo(single);
    }

    @ParameterizedTest
    @CsvSource({
        "v=spf1 -all, 0",
        "v=spf1 a mx ptr exists:%{i}.x.example include:y.example ip4:192.0.2.1 ip6:::1 -all, 5",
        "v=spf1 a redirect=x.example, 2",
        "v=spf1 a -all mx redirect=x.example, 1",
        "v=spf1 a, 1"
    })
    void dnsTerms_areCountedUpToAll(String record, int terms) {
        assertThat(of(record).dnsTerms()).isEqualTo(terms);
    }

    @Test
    void recordsNeeded_areIncludesAndRedirect() {
        SpfOutline outline =
                of("v=spf1 include:a.example -include:b.example include:%{d}.c.example redirect=r.example");
        assertThat(outline.recordsNeeded()).isEqualTo(List.of("a.example", "b.example", "r.example"));
        assertThat(outline.redirect()).contains("r.example");
        assertThat(of("v=spf1 -all redirect=r.example").redirect()).isEmpty();
    }
}
