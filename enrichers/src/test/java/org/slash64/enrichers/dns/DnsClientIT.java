package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

@Timeout(20)
class DnsClientIT {
    private static final String ZONE = """
            $TTL 300
            $ORIGIN test.
            @ IN SOA ns hostmaster 1 7200 900 604800 60
            mail IN A 192.0.2.1
            alias IN CNAME mail
            $GENERATE 1-200 big IN A 198.51.100.$
            $GENERATE 1-500 h$ IN A 192.0.2.3
            """;
    /** For questions that are meant to fail. */
    private static final DnsLimits HASTY =
            DnsLimits.DEFAULTS.withTimeouts(Duration.ofMillis(100), Duration.ofMillis(250));

    private final AtomicLong nanos = new AtomicLong();
    private final List<DnsClient> clients = new ArrayList<>();
    private ZoneServer server;
    private ZoneServer other;

    @BeforeEach
    void start() throws IOException {
        server = ZoneServer.start(ZoneData.parse(ZONE), 0);
        other = ZoneServer.start(ZoneData.parse(ZONE), 0);
    }

    @AfterEach
    void stop() throws IOException {
        clients.forEach(DnsClient::close);
        server.close();
        other.close();
    }

    private DnsClient client(DnsLimits limits, InetSocketAddress... servers) {
        Ticker ticker = nanos::get;
        DnsClient client = new DnsClient(List.of(servers), limits, CacheLimits.DEFAULTS, ticker);
        clients.add(client);
        return client;
    }

    private DnsClient client() {
        return client(DnsLimits.DEFAULTS, server.address());
    }

    private static DnsAnswer ask(DnsClient client, String name) throws Exception {
        return client.query(Name.fromString(name), Type.A).get();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void query_records_isAnswer() throws Exception {
        DnsAnswer answer = ask(client(), "mail.test.");
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(answer.records(ARecord.class)).hasSize(1);
        assertThat(answer.ttl()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void query_alias_isAnswerOfTarget() throws Exception {
        assertThat(ask(client(), "alias.test.").records(ARecord.class)).hasSize(1);
    }

    @Test
    void query_negative_isNodataOrNxdomain() throws Exception {
        DnsClient client = client();
        assertThat(client.query(Name.fromString("mail.test."), Type.AAAA).get().outcome())
                .isEqualTo(DnsOutcome.NODATA);
        assertThat(ask(client, "none.test.").outcome()).isEqualTo(DnsOutcome.NXDOMAIN);
    }

    @Test
    void query_longAnswer_comesOverTcp() throws Exception {
        assertThat(ask(client(), "big.test.").records()).hasSize(200);
        assertThat(server.tcpQueries()).isEqualTo(1);
    }

    @Test
    void query_truncated_comesOverTcp() throws Exception {
        server.injectAll(new Fault.Truncate());
        assertThat(ask(client(), "mail.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(server.tcpQueries()).isEqualTo(1);
    }

    @Test
    void query_again_isAnsweredFromCacheUntilTtl() throws Exception {
        DnsClient client = client();
        assertThat(client.cached(Name.fromString("mail.test."), Type.A)).isEmpty();
        ask(client, "mail.test.");
        pass(Duration.ofSeconds(299));
        assertThat(client.query(Name.fromString("MAIL.test."), Type.A)).isDone();
        assertThat(client.cached(Name.fromString("mail.test."), Type.A)).isPresent();
        assertThat(server.queries()).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        assertThat(client.cached(Name.fromString("mail.test."), Type.A)).isEmpty();
        ask(client, "mail.test.");
        assertThat(server.queries()).isEqualTo(2);
        assertThat(client.statistics().cacheHits()).isEqualTo(1);
    }

    @Test
    void query_negativeAgain_isAnsweredFromCacheUntilSoaMinimum() throws Exception {
        DnsClient client = client();
        ask(client, "none.test.");
        pass(Duration.ofSeconds(59));
        ask(client, "none.test.");
        assertThat(server.queries()).isEqualTo(1);
        pass(Duration.ofSeconds(2));
        ask(client, "none.test.");
        assertThat(server.queries()).isEqualTo(2);
    }

    @Test
    void query_servfail_isAskedAgainAfterSeconds() throws Exception {
        DnsClient client = client();
        server.injectAll(Fault.servfail());
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.SERVFAIL);
        server.heal();
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.SERVFAIL);
        assertThat(server.queries()).isEqualTo(1);
        pass(CacheLimits.DEFAULTS.failureTtl().plusMillis(1));
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
    }

    @Test
    void query_refused_isRefused() throws Exception {
        server.injectAll(Fault.refused());
        assertThat(ask(client(), "mail.test.").outcome()).isEqualTo(DnsOutcome.REFUSED);
    }

    @Test
    void query_dropped_isTimeout() throws Exception {
        server.injectAll(new Fault.Drop());
        DnsClient client = client(HASTY, server.address());
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.TIMEOUT);
        assertThat(client.statistics().outcomes()).containsEntry(DnsOutcome.TIMEOUT, 1L);
        assertThat(client.statistics().open()).isZero();
    }

    @Test
    void query_nothingButForgedAnswers_isTimeout() throws Exception {
        for (Fault fault : List.of(new Fault.WrongQuestion(), new Fault.WrongId(), new Fault.Garbage())) {
            server.injectAll(fault);
            assertThat(ask(client(HASTY, server.address()), "mail.test.").outcome())
                    .isEqualTo(DnsOutcome.TIMEOUT);
        }
    }

    @Test
    void query_firstServerFails_secondAnswers() throws Exception {
        server.injectAll(Fault.servfail());
        DnsClient client = client(DnsLimits.DEFAULTS, server.address(), other.address());
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(server.queries()).isEqualTo(1);
        assertThat(other.queries()).isEqualTo(1);
    }

    @Test
    void query_firstServerSilent_secondAnswersAndIsPreferred() throws Exception {
        server.injectAll(new Fault.Drop());
        DnsLimits limits = DnsLimits.DEFAULTS.withTimeouts(Duration.ofMillis(700), Duration.ofSeconds(10));
        DnsClient client = client(limits, server.address(), other.address());
        assertThat(ask(client, "mail.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(ask(client, "big.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(server.queries()).isEqualTo(1);
    }

    @Test
    void query_noServerThere_isTemporary() throws Exception {
        InetSocketAddress closed = other.address();
        other.close();
        assertThat(ask(client(HASTY, closed), "mail.test.").outcome().isTemporary())
                .isTrue();
    }

    @Test
    void query_sameQuestionInFlight_isAskedOnce() throws Exception {
        server.injectAll(new Fault.Delay(Duration.ofSeconds(1)));
        DnsClient client = client();
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(client.query(Name.fromString("mail.test."), Type.A));
        }
        for (CompletableFuture<DnsAnswer> answer : answers) {
            assertThat(answer.get().outcome()).isEqualTo(DnsOutcome.ANSWER);
        }
        assertThat(server.queries()).isEqualTo(1);
        assertThat(client.statistics().joined()).isEqualTo(49);
    }

    @Test
    void query_moreThanMayBeOpen_isTimeoutAtOnceAndNotCached() throws Exception {
        server.injectAll(new Fault.Delay(Duration.ofSeconds(1)));
        DnsClient client = client(DnsLimits.DEFAULTS.withOpenQuestions(1, 1), server.address());
        CompletableFuture<DnsAnswer> first = client.query(Name.fromString("h1.test."), Type.A);
        CompletableFuture<DnsAnswer> second = client.query(Name.fromString("h2.test."), Type.A);
        CompletableFuture<DnsAnswer> third = client.query(Name.fromString("h3.test."), Type.A);
        assertThat(third).isDone();
        assertThat(third.get().outcome()).isEqualTo(DnsOutcome.TIMEOUT);
        assertThat(client.cached(Name.fromString("h3.test."), Type.A)).isEmpty();
        assertThat(first.get().outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(second.get().outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(client.statistics().overflowed()).isEqualTo(1);
    }

    @Test
    void query_manyThroughFewPlaces_areAllAnswered() throws Exception {
        DnsLimits limits = DnsLimits.DEFAULTS
                .withOpenQuestions(10, 1_000)
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(15));
        DnsClient client = client(limits, server.address());
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            answers.add(client.query(Name.fromString("h" + i + ".test."), Type.A));
        }
        for (CompletableFuture<DnsAnswer> answer : answers) {
            assertThat(answer.get().outcome()).isEqualTo(DnsOutcome.ANSWER);
        }
        assertThat(client.statistics().open()).isZero();
    }

    @Test
    void query_waitsTooLongForAPlace_isTimeout() throws Exception {
        server.injectAll(new Fault.Drop());
        DnsClient client = client(HASTY.withOpenQuestions(1, 10), server.address());
        CompletableFuture<DnsAnswer> first = client.query(Name.fromString("h1.test."), Type.A);
        CompletableFuture<DnsAnswer> second = client.query(Name.fromString("h2.test."), Type.A);
        assertThat(first.get().outcome()).isEqualTo(DnsOutcome.TIMEOUT);
        assertThat(second.get().outcome()).isEqualTo(DnsOutcome.TIMEOUT);
        assertThat(client.statistics().open()).isZero();
    }
}
