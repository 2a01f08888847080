package org.slash64.enrichers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.enrichers.dns.DnsClient;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;

@Timeout(20)
class DomainChecksIT {
    private static final String ZONE = """
            $TTL 300
            $ORIGIN test.
            @ IN SOA ns.test. hostmaster.test. 1 7200 900 604800 60
            mx IN MX 10 mail.elsewhere.test.
            null IN MX 0 .
            v4 IN A 192.0.2.1
            v6 IN AAAA 2001:db8::1
            nothing IN TXT "nothing"
            alias IN CNAME mx
            dangling IN CNAME none
            xn--bcher-kva IN A 192.0.2.2
            mx.test.dbl IN A 127.0.1.2
            v4.test.dbl IN A 127.255.255.254
            1.2.0.192.zen IN A 127.0.0.4
            1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.zen IN A 127.0.0.4
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

    private final DnsBlocklists blocklists = new DnsBlocklists(List.of(
            BlocklistPreset.SPAMHAUS_DBL.at(Name.fromConstantString("dbl.test.")),
            BlocklistPreset.SPAMHAUS_ZEN.at(Name.fromConstantString("zen.test."))));

    private DomainChecks checks(Duration deadline) {
        return new DomainChecks(dns, blocklists, new DomainLimits(32, deadline));
    }

    private CompletableFuture<DomainReport> start(String name) {
        return checks(Duration.ofSeconds(5)).check(List.of(new SeenName(DomainRole.FROM, name)));
    }

    private ExistenceStatus hastyExistence(String name) throws Exception {
        DomainReport report = checks(Duration.ofMillis(200))
                .check(List.of(new SeenName(DomainRole.FROM, name)))
                .get();
        return report.domains().get(0).existence().status();
    }

    private DomainResult check(String name) throws Exception {
        return start(name).get().domains().get(0);
    }

    private ExistenceStatus existence(String name) throws Exception {
        return check(name).existence().status();
    }

    @Test
    void check_everyKindOfName_isItsStatus() throws Exception {
        assertThat(existence("mx.test")).isEqualTo(ExistenceStatus.HAS_MX);
        assertThat(existence("alias.test")).isEqualTo(ExistenceStatus.HAS_MX);
        assertThat(existence("null.test")).isEqualTo(ExistenceStatus.NULL_MX);
        assertThat(existence("v4.test")).isEqualTo(ExistenceStatus.ADDRESS_ONLY);
        assertThat(existence("v6.test")).isEqualTo(ExistenceStatus.ADDRESS_ONLY);
        assertThat(existence("bücher.test")).isEqualTo(ExistenceStatus.ADDRESS_ONLY);
        assertThat(existence("nothing.test")).isEqualTo(ExistenceStatus.NO_MAIL_HOST);
        assertThat(existence("none.test")).isEqualTo(ExistenceStatus.NXDOMAIN);
        assertThat(existence("dangling.test")).isEqualTo(ExistenceStatus.NXDOMAIN);
        assertThat(existence("a..test")).isEqualTo(ExistenceStatus.INVALID);
    }

    @Test
    void check_blocklist_isReadFromTheZone() throws Exception {
        assertThat(check("mx.test").blocklists().get(0).status()).isEqualTo(BlocklistStatus.LISTED);
        assertThat(check("v4.test").blocklists().get(0).status()).isEqualTo(BlocklistStatus.ERROR);
        assertThat(check("v6.test").blocklists().get(0).status()).isEqualTo(BlocklistStatus.NOT_LISTED);
    }

    @Test
    void check_servfailAndRefused_areTempErrors() throws Exception {
        server.inject(Name.fromString("mx.test."), Fault.servfail());
        server.inject(Name.fromString("mx.test.dbl.test."), Fault.refused());
        DomainResult result = check("mx.test");
        assertThat(result.existence().status()).isEqualTo(ExistenceStatus.TEMPERROR);
        assertThat(result.existence().reason()).contains("SERVFAIL");
        assertThat(result.blocklists().get(0).status()).isEqualTo(BlocklistStatus.TEMPERROR);
        assertThat(result.blocklists().get(0).detail()).contains("REFUSED");
    }

    @Test
    void check_droppedAnswers_areTempErrors() throws Exception {
        server.injectAll(new Fault.Drop());
        assertThat(hastyExistence("mx.test")).isEqualTo(ExistenceStatus.TEMPERROR);
    }

    @Test
    void check_wrongAnswers_areTempErrors() throws Exception {
        server.injectAll(new Fault.WrongQuestion());
        assertThat(hastyExistence("mx.test")).isEqualTo(ExistenceStatus.TEMPERROR);
    }

    @Test
    void check_clientsAddress_isReadFromTheZone() throws Exception {
        for (String client : List.of("192.0.2.1", "2001:db8::1")) {
            byte[] address = Address.toByteArray(client, client.contains(":") ? Address.IPv6 : Address.IPv4);
            List<BlocklistAnswer> answers =
                    blocklists.check(dns, InetAddress.getByAddress(address)).get();
            assertThat(answers).hasSize(1);
            assertThat(answers.get(0).listings())
                    .containsExactly(new Listing(new Meaning(ListingKind.BAD, "XBL"), "127.0.0.4"));
        }
    }

    @Test
    void check_truncatedAnswers_areAskedOverTcp() throws Exception {
        server.injectAll(new Fault.Truncate());
        assertThat(existence("mx.test")).isEqualTo(ExistenceStatus.HAS_MX);
        assertThat(check("mx.test").blocklists().get(0).status()).isEqualTo(BlocklistStatus.LISTED);
    }

    @Test
    void check_allCached_isDoneAtOnceWithoutQueries() throws Exception {
        DomainResult first = check("v4.test");
        long queries = server.queries();
        CompletableFuture<DomainReport> again = start("v4.test");
        assertThat(again).isDone();
        assertThat(again.get().domains()).containsExactly(first);
        assertThat(server.queries()).isEqualTo(queries);
    }

    @Test
    void check_clientClosed_isCancelledAndNoVerdict() {
        server.injectAll(new Fault.Drop());
        CompletableFuture<DomainReport> report = start("mx.test");
        dns.close();
        assertThatThrownBy(report::join).hasRootCauseInstanceOf(CancellationException.class);
    }
}
