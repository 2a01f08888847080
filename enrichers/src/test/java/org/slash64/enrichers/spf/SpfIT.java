package org.slash64.enrichers.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.dns.CacheLimits;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsLimits;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.TextParseException;

/** Verdicts over the network, with a server that misbehaves. */
class SpfIT {
    private static final String ZONE = """
            $TTL 60
            example.com. TXT "v=spf1 include:inc.example.com exists:%{ir}.ok.example.com -all exp=why.example.com"
            inc.example.com. TXT "v=spf1 mx -all"
            inc.example.com. MX 0 mail.example.com.
            mail.example.com. A 192.0.2.1
            why.example.com. TXT "no %{i}"
            2.2.0.192.ok.example.com. A 127.0.0.2
            loop.example.com. TXT "v=spf1 a:c1.example.com -all"
            c1.example.com. CNAME c2.example.com.
            c2.example.com. CNAME c1.example.com.
            looped.example.com. CNAME looped.example.com.
            ptr.example.com. TXT "v=spf1 ptr -all"
            1.2.0.192.in-addr.arpa. PTR c1.example.com.
            noRecord.example.com. A 192.0.2.1
            missing.example.com. TXT "v=spf1 include:nobody.example.com -all"
            nodata.example.com. TXT "v=spf1 include:mail.example.com -all"
            voids.example.com. TXT "v=spf1 a:nobody.example.com mx:mail.example.com -all"
            long.example.com. TXT "v=spf1 " LONG "-all"
            $GENERATE 1-10000 5.2.0.192.in-addr.arpa. PTR host$.example.com.
            $GENERATE 1-1000 6.2.0.192.in-addr.arpa. PTR host$.ptr.example.com.
            host1.ptr.example.com. A 192.0.2.6
            """.replace("LONG", "\"ip4:198.51.100.1 ip4:198.51.100.2 \" ".repeat(1_700));

    private ZoneServer server;
    private DnsClient client;
    private Spf spf;

    @BeforeEach
    void start() throws IOException {
        server = ZoneServer.start(ZoneData.parse(ZONE), 0);
        client = new DnsClient(
                List.of(server.address()),
                new DnsLimits(2, Duration.ofMillis(250), Duration.ofSeconds(1), 100, 20_000),
                CacheLimits.DEFAULTS,
                Ticker.systemTicker());
        spf = new Spf(client);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private CompletableFuture<SpfResult> start(int lastOctet, String domain) throws IOException {
        InetAddress ip = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) lastOctet});
        return spf.check(SpfQuery.mailFrom(ip, "user@" + domain, "mx.example.org"));
    }

    private SpfStatus check(int lastOctet) throws IOException {
        return start(lastOctet, "example.com").join().status();
    }

    private void inject(String name, Fault fault) throws TextParseException {
        server.inject(Name.fromString(name), fault);
    }

    @Test
    void check_withoutFaults_isTheRecords() throws IOException {
        assertThat(check(1)).isEqualTo(SpfStatus.PASS);
        assertThat(check(2)).isEqualTo(SpfStatus.PASS);
        SpfResult fail = start(3, "example.com").join();
        assertThat(fail.status()).isEqualTo(SpfStatus.FAIL);
        assertThat(fail.explanation()).contains("no 192.0.2.3");
    }

    @Test
    void check_truncatedAnswers_areAskedForOverTcp() throws IOException {
        server.injectAll(new Fault.Truncate());
        assertThat(check(1)).isEqualTo(SpfStatus.PASS);
        assertThat(server.tcpQueries()).isPositive();
    }

    @Test
    void check_slowServer_isTheRecords() throws IOException {
        server.injectAll(new Fault.Delay(Duration.ofMillis(20)));
        assertThat(check(1)).isEqualTo(SpfStatus.PASS);
    }

    @Test
    void check_faultOfTheFirstRecord_isTempError() throws IOException {
        for (Fault fault : List.of(
                Fault.servfail(),
                Fault.refused(),
                new Fault.Drop(),
                new Fault.Garbage(),
                new Fault.WrongId(),
                new Fault.WrongQuestion())) {
            stop();
            start();
            server.injectAll(fault);
            assertThat(check(1)).as(fault.toString()).isEqualTo(SpfStatus.TEMPERROR);
        }
    }

    static List<Arguments> includeFaults() {
        return List.of(
                arguments(new Fault.Delay(Duration.ofMillis(20)), SpfStatus.PASS),
                arguments(new Fault.Truncate(), SpfStatus.PASS),
                arguments(new Fault.Delay(Duration.ofMinutes(1)), SpfStatus.TEMPERROR),
                arguments(new Fault.Drop(), SpfStatus.TEMPERROR),
                arguments(Fault.servfail(), SpfStatus.TEMPERROR),
                arguments(Fault.refused(), SpfStatus.TEMPERROR),
                arguments(new Fault.Status(Rcode.FORMERR), SpfStatus.TEMPERROR),
                arguments(new Fault.WrongQuestion(), SpfStatus.TEMPERROR),
                arguments(new Fault.WrongId(), SpfStatus.TEMPERROR),
                arguments(new Fault.Garbage(), SpfStatus.TEMPERROR),
                arguments(new Fault.Status(Rcode.NXDOMAIN), SpfStatus.PERMERROR),
                arguments(new Fault.Status(Rcode.NOERROR), SpfStatus.PERMERROR));
    }

    /** RFC 7208 section 5.2: without the included record the including one cannot be interpreted. */
    @ParameterizedTest
    @MethodSource("includeFaults")
    void check_faultOnInclude_isAsTheStandardSays(Fault fault, SpfStatus status) throws IOException {
        inject("inc.example.com.", fault);
        assertThat(check(1)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody.example.com, NONE",
        "noRecord.example.com, NONE",
        "missing.example.com, PERMERROR",
        "nodata.example.com, PERMERROR",
        "voids.example.com, FAIL"
    })
    void check_nothingThere_isAsTheStandardSays(String domain, SpfStatus status) throws IOException {
        assertThat(start(1, domain).join().status()).isEqualTo(status);
    }

    /** As much TXT as a message holds: RFC 1035 section 4.2.2. */
    @Test
    void check_recordThatFillsAMessage_isRead() throws IOException {
        assertThat(start(1, "long.example.com").join().status()).isEqualTo(SpfStatus.FAIL);
        assertThat(server.tcpQueries()).isEqualTo(1);
    }

    /** No message holds them, and ptr then does not match (RFC 7208 section 5.5). */
    @Test
    void check_tenThousandPtrNames_isNoMatch() throws IOException {
        SpfResult result = start(5, "ptr.example.com").join();
        assertThat(result.status()).isEqualTo(SpfStatus.FAIL);
        assertThat(result.queries()).isEqualTo(2);
    }

    @Test
    void check_thousandPtrNames_testsTheFirstTen() throws IOException {
        SpfResult result = start(6, "ptr.example.com").join();
        assertThat(result.status()).isEqualTo(SpfStatus.PASS);
        assertThat(result.queries()).isEqualTo(2 + SpfLimits.MAX_PTR_NAMES);
    }

    @Test
    void check_servfailOnInclude_isTempError() throws IOException {
        inject("inc.example.com.", Fault.servfail());
        assertThat(check(2)).isEqualTo(SpfStatus.TEMPERROR);
    }

    @Test
    void check_timeoutOnMxHost_isTempError() throws IOException {
        inject("mail.example.com.", new Fault.Drop());
        assertThat(check(1)).isEqualTo(SpfStatus.TEMPERROR);
    }

    @Test
    void check_timeoutOnExp_leavesTheResult() throws IOException {
        inject("why.example.com.", new Fault.Drop());
        assertThat(check(3)).isEqualTo(SpfStatus.FAIL);
    }

    @Test
    void check_cnameLoop_isTempErrorOfATermAndNothingOfPtr() throws IOException {
        assertThat(start(1, "loop.example.com").join().status()).isEqualTo(SpfStatus.TEMPERROR);
        assertThat(start(1, "looped.example.com").join().status()).isEqualTo(SpfStatus.TEMPERROR);
        assertThat(start(1, "ptr.example.com").join().status()).isEqualTo(SpfStatus.FAIL);
    }

    @Test
    void check_thousandAtOnce_allEnd() throws IOException {
        server.injectAll(new Fault.Delay(Duration.ofMillis(20)));
        List<CompletableFuture<SpfResult>> checks = IntStream.range(0, 1_000)
                .mapToObj(i -> spf.check(SpfQuery.mailFrom(address(i), "user@example.com", "mx.example.org")))
                .toList();
        checks.forEach(done -> assertThat(done.join().status()).isEqualTo(SpfStatus.FAIL));
    }

    private static InetAddress address(int i) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i});
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
