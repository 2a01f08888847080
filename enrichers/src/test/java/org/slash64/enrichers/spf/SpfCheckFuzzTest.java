package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.fuzz.Printable.assertPrintable;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.fuzz.Seeds;
import org.xbill.DNS.Address;

/**
 * Whatever DNS and the client say, a check ends with a verdict after a bounded number of questions, and the same one
 * whether the answers are at hand or come later.
 */
class SpfCheckFuzzTest {
    /** The first record, ten terms of which each may be an mx of ten hosts, the client's names, and exp. */
    private static final int MAX_QUESTIONS = 1 + 10 * (1 + 10) + (1 + 10) + 1;

    private static final int MAX_EXPLANATION = 1_024;

    /** Client, sender and HELO in the first line, a zone after it. */
    static Stream<byte[]> seeds() {
        return Seeds.of("""
                192.0.2.1 user@example.com mx.example.org
                example.com TXT v=spf1 include:inc.example.com exists:%{ir}.%{l}.ok.example.com -all exp=why.example.com
                inc.example.com TXT v=spf1 mx a:a.example.com/24//64 ptr redirect=more.example.com
                inc.example.com MX mail.example.com
                mail.example.com A 192.0.2.7
                a.example.com AAAA 2001:db8::1
                more.example.com TXT v=spf1 ip6:2001:db8::/32 ?all
                why.example.com TXT no %{i} for %{s} by %{r} at %{t}
                1.2.0.192.in-addr.arpa PTR mail.example.com
                """, """
                2001:db8::1 user@b\u00c3\u00bccher.example mx.example.org
                xn--bcher-kva.example TXT v=spf1 a mx exists:%{o}.%{h}.%{p} ~all
                xn--bcher-kva.example AAAA 2001:db8::2
                xn--bcher-kva.example MX .
                * PTR host.xn--bcher-kva.example
                * A 127.0.0.2
                """, """
                192.0.2.1 \u00c3\u00bc@a.b c.d
                a.b TXT v=spf1 include:%{l}.x exists:%{s}.x redirect=%{l}.x
                """, """
                ::ffff:192.0.2.1  loop.example
                loop.example TXT v=spf1 include:a.loop.example
                a.loop.example TXT v=spf1 include:loop.example
                """, """
                192.0.2.1 a@fail.example b.c
                fail.example TXT v=spf1 ptr a:slow.example
                slow.example TIMEOUT
                * SERVFAIL
                """);
    }

    @MethodSource("seeds")
    @FuzzTest
    void check(byte[] bytes) throws UnknownHostException {
        List<String> lines =
                new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
        SpfQuery query = query(lines.isEmpty() ? "" : lines.get(0));
        List<String> zone = lines.isEmpty() ? lines : lines.subList(1, lines.size());
        FuzzedZone atHand = new FuzzedZone(zone, false);
        FuzzedZone late = new FuzzedZone(zone, true);
        SpfResult result = spf(atHand).check(query).join();
        CompletableFuture<SpfResult> lateResult = spf(late).check(query);
        late.answerAll();
        assertThat(lateResult).isCompletedWithValue(result);
        assertBounded(result);
        assertThat(atHand.questions()).isEqualTo(result.queries()).isLessThanOrEqualTo(MAX_QUESTIONS);
    }

    private static Spf spf(FuzzedZone zone) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1_800_000_000L), ZoneOffset.UTC);
        return new Spf(zone, SpfLimits.DEFAULTS, "mx.receiver.example", clock);
    }

    private static SpfQuery query(String line) throws UnknownHostException {
        String[] words = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).split(" ", 3);
        String sender = words.length > 1 ? words[1] : "";
        String helo = words.length > 2 ? words[2] : "";
        return SpfQuery.mailFrom(client(words[0]), sender, helo);
    }

    private static InetAddress client(String text) throws UnknownHostException {
        byte[] v4 = Address.toByteArray(text, Address.IPv4);
        byte[] v6 = Address.toByteArray(text, Address.IPv6);
        byte[] other = new byte[] {(byte) 192, 0, 2, 1};
        return InetAddress.getByAddress(v4 != null ? v4 : v6 != null ? v6 : other);
    }

    private static void assertBounded(SpfResult result) {
        assertThat(result.dnsTerms()).isLessThanOrEqualTo(SpfLimits.MAX_DNS_TERMS);
        assertThat(result.voidLookups()).isLessThanOrEqualTo(SpfLimits.DEFAULTS.voidLookups() + 1);
        assertPrintable(result.reason(), 2_000);
        result.explanation().ifPresent(text -> assertPrintable(text, MAX_EXPLANATION));
        assertThat(result.explanation()).matches(text -> text.isEmpty() || result.status() == SpfStatus.FAIL);
    }
}
