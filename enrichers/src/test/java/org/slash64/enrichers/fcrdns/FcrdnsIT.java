package org.slash64.enrichers.fcrdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.enrichers.dns.CacheLimits;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.enrichers.dns.DnsLimits;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.io.DefaultIoClientFactory;

@Timeout(20)
class FcrdnsIT {
    private static final String ZONE = """
            $TTL 300
            $ORIGIN example.test.
            @ IN SOA ns hostmaster 1 7200 900 604800 60
            mail IN A 192.0.2.1
            mail IN A 192.0.2.99
            mail IN AAAA 2001:db8::25
            mx IN A 192.0.2.1
            alias IN CNAME mail
            other IN A 198.51.100.1
            many1 IN A 192.0.2.7
            dyn-192-0-2-10 IN A 192.0.2.10
            dyn-192-0-2-11 IN A 192.0.2.11
            mail11 IN A 192.0.2.11
            dyn-192-0-2-12 IN A 192.0.2.12
            $GENERATE 2-1000 many$ IN A 198.51.100.2
            $ORIGIN 2.0.192.in-addr.arpa.
            @ IN SOA ns.example.test. hostmaster.example.test. 1 7200 900 604800 60
            1 IN PTR mx.example.test.
            1 IN PTR Mail.Example.TEST.
            1 IN PTR other.example.test.
            2 IN PTR other.example.test.
            3 IN PTR none.example.test.
            4 IN TXT "no name"
            5 IN CNAME 5.0/26
            5.0/26 IN PTR mail.example.test.
            99.0/26 IN PTR mail.example.test.
            99 IN CNAME 99.0/26
            6 IN PTR .
            $GENERATE 1-1000 7 IN PTR many$.example.test.
            8 IN PTR \\255\\000<x>.example.test.
            9 IN PTR alias.example.test.
            20 IN CNAME 21
            21 IN CNAME 20
            $GENERATE 1-10000 22 IN PTR host$.example.test.
            10 IN PTR dyn-192-0-2-10.example.test.
            11 IN PTR dyn-192-0-2-11.example.test.
            11 IN PTR mail11.example.test.
            12 IN PTR dyn-192-0-2-12.example.test.
            12 IN PTR mail12.example.test.
            $ORIGIN 8.b.d.0.1.0.0.2.ip6.arpa.
            5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 IN PTR mail.example.test.
            6.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 IN PTR mail.example.test.
            """;

    private ZoneServer server;
    private DnsClient dns;

    @BeforeEach
    void start() throws IOException {
        server = ZoneServer.start(ZoneData.parse(ZONE), 0);
        dns = new DnsClient(List.of(server.address()));
    }

    @AfterEach
    void stop() throws IOException {
        dns.close();
        server.close();
    }

    private static InetAddress client(String text) throws IOException {
        return InetAddress.getByAddress(Address.toByteArray(text, text.contains(":") ? Address.IPv6 : Address.IPv4));
    }

    private FcrdnsResult check(String client) throws Exception {
        return new Fcrdns(dns).check(client(client)).get();
    }

    /** For checks that are meant to time out. */
    private void beHasty() {
        dns.close();
        dns = new DnsClient(
                List.of(server.address()),
                DnsLimits.DEFAULTS.withTimeouts(Duration.ofMillis(300), Duration.ofMillis(700)),
                CacheLimits.DEFAULTS,
                Ticker.systemTicker(),
                new DefaultIoClientFactory());
    }

    @Test
    void check_namesWithTheAddress_isPassInNameOrder() throws Exception {
        FcrdnsResult result = check("192.0.2.1");
        assertThat(result.status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(result.confirmed()).containsExactly("mail.example.test", "mx.example.test");
        assertThat(result.names()).containsExactly("mail.example.test", "mx.example.test", "other.example.test");
        assertThat(result.reason()).isEqualTo("mail.example.test has the address (2 of 3 PTR names)");
    }

    @Test
    void check_ipv6NameWithTheAddress_isPass() throws Exception {
        assertThat(check("2001:db8::25").status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(check("2001:db8::26").status()).isEqualTo(FcrdnsStatus.FAIL);
    }

    @Test
    void check_mappedAddress_isCheckedAsIpv4() throws Exception {
        assertThat(check("::ffff:192.0.2.1").status()).isEqualTo(FcrdnsStatus.PASS);
    }

    @Test
    void check_namesWithOtherAddresses_isFail() throws Exception {
        assertThat(check("192.0.2.2"))
                .isEqualTo(new FcrdnsResult(
                        FcrdnsStatus.FAIL,
                        List.of(),
                        List.of("other.example.test"),
                        List.of(),
                        "none of 1 PTR names has the address: other.example.test"));
    }

    @Test
    void check_nameThatDoesNotExist_isFail() throws Exception {
        assertThat(check("192.0.2.3").status()).isEqualTo(FcrdnsStatus.FAIL);
    }

    @Test
    void check_noPtr_isPermerror() throws Exception {
        assertThat(check("192.0.2.4").reason()).isEqualTo("no PTR record: NODATA");
        assertThat(check("192.0.2.200").reason()).isEqualTo("no PTR record: NXDOMAIN");
        assertThat(check("192.0.2.4").status()).isEqualTo(FcrdnsStatus.PERMERROR);
        assertThat(check("192.0.2.200").status()).isEqualTo(FcrdnsStatus.PERMERROR);
    }

    @Test
    void check_ptrToRoot_isPermerror() throws Exception {
        assertThat(check("192.0.2.6").status()).isEqualTo(FcrdnsStatus.PERMERROR);
    }

    @Test
    void check_reverseCnamed_isFollowed() throws Exception {
        assertThat(check("192.0.2.99").status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(check("192.0.2.5").status()).isEqualTo(FcrdnsStatus.FAIL);
    }

    @Test
    void check_forwardCnamed_isFollowed() throws Exception {
        assertThat(check("192.0.2.9").names()).containsExactly("alias.example.test");
        assertThat(check("192.0.2.9").status()).isEqualTo(FcrdnsStatus.FAIL);
    }

    @Test
    void check_servfailOnPtr_isTempError() throws Exception {
        server.inject(ReverseMap.fromAddress(client("192.0.2.1")), Fault.servfail());
        assertThat(check("192.0.2.1").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
        assertThat(check("192.0.2.1").reason()).contains("SERVFAIL");
    }

    @Test
    void check_refusedPtr_isTempError() throws Exception {
        server.inject(ReverseMap.fromAddress(client("192.0.2.1")), Fault.refused());
        assertThat(check("192.0.2.1").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
    }

    @Test
    void check_droppedPtr_isTempError() throws Exception {
        beHasty();
        server.injectAll(new Fault.Drop());
        FcrdnsResult result = check("192.0.2.1");
        assertThat(result.status()).isEqualTo(FcrdnsStatus.TEMPERROR);
        assertThat(result.reason()).isEqualTo("PTR lookup: TIMEOUT, no answer in time");
    }

    @Test
    void check_ownDeadlinePasses_isTempError() throws Exception {
        server.injectAll(new Fault.Drop());
        FcrdnsResult result = new Fcrdns(dns, Fcrdns.MAX_NAMES, Duration.ofMillis(50))
                .check(client("192.0.2.1"))
                .get();
        assertThat(result.status()).isEqualTo(FcrdnsStatus.TEMPERROR);
    }

    @Test
    void check_servfailOnOnlyName_isTempError() throws Exception {
        server.inject(Name.fromString("other.example.test."), Fault.servfail());
        FcrdnsResult result = check("192.0.2.2");
        assertThat(result.status()).isEqualTo(FcrdnsStatus.TEMPERROR);
        assertThat(result.names()).containsExactly("other.example.test");
    }

    @Test
    void check_servfailOnOneNameAndAnotherConfirms_isPass() throws Exception {
        server.inject(Name.fromString("mail.example.test."), Fault.servfail());
        assertThat(check("192.0.2.1").confirmed()).containsExactly("mx.example.test");
    }

    @Test
    void check_oneNameNeverAnswered_isPassByTheOther() throws Exception {
        server.inject(Name.fromString("other.example.test."), new Fault.Drop());
        Fcrdns fcrdns = new Fcrdns(dns, Fcrdns.MAX_NAMES, Duration.ofSeconds(1));
        assertThat(fcrdns.check(client("192.0.2.1")).get().status()).isEqualTo(FcrdnsStatus.PASS);
    }

    static List<Arguments> faults() {
        return List.of(
                arguments(new Fault.Delay(Duration.ofMillis(20)), FcrdnsStatus.PASS),
                arguments(new Fault.Truncate(), FcrdnsStatus.PASS),
                arguments(new Fault.Delay(Duration.ofMinutes(1)), FcrdnsStatus.TEMPERROR),
                arguments(new Fault.Drop(), FcrdnsStatus.TEMPERROR),
                arguments(Fault.servfail(), FcrdnsStatus.TEMPERROR),
                arguments(Fault.refused(), FcrdnsStatus.TEMPERROR),
                arguments(new Fault.Status(Rcode.FORMERR), FcrdnsStatus.TEMPERROR),
                arguments(new Fault.WrongQuestion(), FcrdnsStatus.TEMPERROR),
                arguments(new Fault.WrongId(), FcrdnsStatus.TEMPERROR),
                arguments(new Fault.Garbage(), FcrdnsStatus.TEMPERROR));
    }

    /** RFC 8601 section 2.7.3, wherever it is that DNS fails. */
    @ParameterizedTest
    @MethodSource("faults")
    void check_fault_isAsTheStandardSays(Fault fault, FcrdnsStatus status) throws Exception {
        beHasty();
        server.inject(ReverseMap.fromAddress(client("2001:db8::25")), fault);
        assertThat(check("2001:db8::25").status()).as("PTR").isEqualTo(status);
        server.inject(Name.fromString("mail.example.test."), fault);
        assertThat(check("192.0.2.99").status()).as("A").isEqualTo(status);
    }

    @Test
    void check_noAddressOrNoName_isFailOrPermerror() throws Exception {
        Name mail = Name.fromString("mail.example.test.");
        for (int rcode : new int[] {Rcode.NXDOMAIN, Rcode.NOERROR}) {
            beHasty();
            server.inject(mail, new Fault.Status(rcode));
            assertThat(check("192.0.2.99").status()).isEqualTo(FcrdnsStatus.FAIL);
            server.inject(ReverseMap.fromAddress(client("192.0.2.2")), new Fault.Status(rcode));
            assertThat(check("192.0.2.2").status()).isEqualTo(FcrdnsStatus.PERMERROR);
        }
    }

    @Test
    void check_cnameLoop_isTempError() throws Exception {
        assertThat(check("192.0.2.20").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
        assertThat(check("192.0.2.21").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
    }

    /** No message holds them, so none says them; that does not mean that there are none. */
    @Test
    void check_tenThousandNames_isTempError() throws Exception {
        assertThat(check("192.0.2.22").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
    }

    @Test
    void check_wrongAnswers_isTempError() throws Exception {
        server.injectAll(new Fault.WrongQuestion());
        assertThat(check("192.0.2.1").status()).isEqualTo(FcrdnsStatus.TEMPERROR);
    }

    @Test
    void check_truncatedAnswers_isPassOverTcp() throws Exception {
        server.injectAll(new Fault.Truncate());
        assertThat(check("192.0.2.1").status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(server.tcpQueries()).isEqualTo(4);
    }

    @Test
    void check_thousandNames_testsTheFirstTen() throws Exception {
        FcrdnsResult result = check("192.0.2.7");
        assertThat(result.status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(result.names())
                .hasSize(Fcrdns.MAX_NAMES)
                .startsWith("many1.example.test", "many10.example.test", "many100.example.test");
        assertThat(result.reason()).contains("of 10 tested of 1000");
    }

    @Test
    void check_genericName_canPassAndIsSignalled() throws Exception {
        FcrdnsResult result = check("192.0.2.10");
        assertThat(result.status()).isEqualTo(FcrdnsStatus.PASS);
        assertThat(result.looksGeneric()).isTrue();
        assertThat(result.generic())
                .containsExactly(new GenericName(
                        "dyn-192-0-2-10.example.test",
                        EnumSet.of(GenericSign.ADDRESS, GenericSign.DYNAMIC),
                        "the address, a word for dynamic addresses (dyn)"));
    }

    @Test
    void check_genericNameBesideAnother_looksGenericUnlessTheOtherIsConfirmedToo() throws Exception {
        assertThat(check("192.0.2.11").generic()).hasSize(1);
        assertThat(check("192.0.2.11").looksGeneric()).isFalse();
        assertThat(check("192.0.2.12").generic()).hasSize(1);
        assertThat(check("192.0.2.12").looksGeneric()).isTrue();
    }

    @Test
    void check_properOrNoNames_doNotLookGeneric() throws Exception {
        assertThat(check("192.0.2.1").generic()).isEmpty();
        assertThat(check("192.0.2.1").looksGeneric()).isFalse();
        assertThat(check("192.0.2.4").looksGeneric()).isFalse();
    }

    @Test
    void check_hostileName_isSafeText() throws Exception {
        FcrdnsResult result = check("192.0.2.8");
        assertThat(result.names()).containsExactly("\\255\\000<x>.example.test");
    }

    @Test
    void check_inTurkish_namesAreLowerCase() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(check("192.0.2.1").names()).contains("mail.example.test");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void check_allCached_isDoneAtOnceWithoutQueries() throws Exception {
        FcrdnsResult first = check("192.0.2.1");
        long queries = server.queries();
        CompletableFuture<FcrdnsResult> again = new Fcrdns(dns).check(client("192.0.2.1"));
        assertThat(again).isDone();
        assertThat(again.get()).isEqualTo(first);
        assertThat(server.queries()).isEqualTo(queries);
    }

    @Test
    void check_clientClosed_isCancelledAndNoVerdict() throws Exception {
        server.injectAll(new Fault.Drop());
        CompletableFuture<FcrdnsResult> verdict = new Fcrdns(dns).check(client("192.0.2.1"));
        dns.close();
        assertThatThrownBy(verdict::join).hasCauseInstanceOf(CancellationException.class);
    }
}
