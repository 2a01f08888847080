package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.slash64.enrichers.dns.ScriptedTransport.response;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/** What the client makes of responses, over a transport of prepared ones. */
@Timeout(10)
class DnsClientTest {
    private static final String SOA = "!test. SOA ns.test. h.test. 1 7200 900 604800 60";

    private static DnsClient client(IoClientFactory transport) {
        List<InetSocketAddress> servers = List.of(DnsServers.parse("127.0.0.1:53"));
        return new DnsClient(servers, DnsLimits.DEFAULTS, CacheLimits.DEFAULTS, Ticker.systemTicker(), transport);
    }

    private static DnsAnswer ask(Message... responses) throws Exception {
        return ask(new ScriptedTransport(responses));
    }

    private static DnsAnswer ask(ScriptedTransport transport) throws Exception {
        try (DnsClient client = client(transport)) {
            return client.query(Name.fromString("a.test."), Type.A).get();
        }
    }

    @Test
    void query_recordsOfOtherNames_areIgnored() throws Exception {
        DnsAnswer answer = ask(response(Rcode.NOERROR, "b.test. A 192.0.2.6", "a.test. A 192.0.2.1"));
        assertThat(answer.records()).extracting(Record::rdataToString).containsExactly("192.0.2.1");
    }

    @Test
    void query_chainInOneResponse_hasLeastTtl() throws Exception {
        DnsAnswer answer = ask(response(Rcode.NOERROR, "b.test. A 192.0.2.1", "a.test. 20 CNAME b.test."));
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void query_chainOverTwoResponses_isFollowed() throws Exception {
        ScriptedTransport transport = new ScriptedTransport(
                response(Rcode.NOERROR, "a.test. 20 CNAME b.test."), response(Rcode.NOERROR, "b.test. A 192.0.2.1"));
        DnsAnswer answer = ask(transport);
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(20));
        assertThat(transport.asked()).containsExactly("a.test.", "b.test.");
    }

    @Test
    void query_chainEndsInNodataOfAuthority_isNodata() throws Exception {
        DnsAnswer answer = ask(response(Rcode.NOERROR, "a.test. CNAME b.test.", SOA));
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.NODATA);
        assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void query_loopInOneResponse_isError() throws Exception {
        DnsAnswer answer = ask(response(Rcode.NOERROR, "a.test. CNAME b.test.", "b.test. CNAME a.test."));
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.ERROR);
        assertThat(answer.detail()).contains("CNAME");
    }

    @Test
    void query_loopOverResponses_isErrorAfterFewQuestions() throws Exception {
        Message[] loop = new Message[20];
        for (int i = 0; i < loop.length; i++) {
            loop[i] = response(Rcode.NOERROR, i % 2 == 0 ? "a.test. CNAME b.test." : "b.test. CNAME a.test.");
        }
        ScriptedTransport transport = new ScriptedTransport(loop);
        assertThat(ask(transport).detail()).contains("CNAME");
        assertThat(transport.asked()).hasSize(ResponseReader.MAX_CNAME_LINKS + 1);
    }

    @Test
    void query_referral_isError() throws Exception {
        assertThat(ask(response(Rcode.NOERROR, "!test. NS ns.test.")).outcome()).isEqualTo(DnsOutcome.ERROR);
    }

    @Test
    void query_soaOfOtherZone_isNoSoa() throws Exception {
        DnsAnswer answer = ask(response(Rcode.NXDOMAIN, SOA.replace("test. SOA", "other. SOA")));
        assertThat(answer.outcome()).isEqualTo(DnsOutcome.NXDOMAIN);
        assertThat(answer.ttl()).isEqualTo(CacheLimits.DEFAULTS.minTtl());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "100, 100", "2000000000, 86400"})
    void query_ttl_isClamped(long ttl, long seconds) throws Exception {
        Record record = Record.fromString(Name.fromString("a.test."), Type.A, DClass.IN, ttl, "192.0.2.1", Name.root);
        Message response = response(Rcode.NOERROR);
        response.addRecord(record, Section.ANSWER);
        assertThat(ask(response).ttl()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void query_ttlWithTopBit_countsAsZero() throws Exception {
        byte[] wire = response(Rcode.NOERROR, "a.test. 2000000000 A 192.0.2.1").toWire();
        int ttl = Header.LENGTH + Name.fromString("a.test.").length() + 4;
        wire[ttl] |= (byte) 0x80;
        assertThat(ask(new Message(wire)).ttl()).isEqualTo(CacheLimits.DEFAULTS.minTtl());
    }

    @ParameterizedTest
    @CsvSource({"FORMERR, ERROR", "NOTIMP, ERROR", "SERVFAIL, SERVFAIL", "REFUSED, REFUSED", "NXDOMAIN, NXDOMAIN"})
    void query_rcode_isKeptApart(String rcode, DnsOutcome outcome) throws Exception {
        DnsAnswer answer = ask(response(Rcode.value(rcode)), response(Rcode.value(rcode)));
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.detail()).isEqualTo(rcode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORMERR", "NOTIMP"})
    void query_serverOlderThanEdns_isAskedAgainWithout(String rcode) throws Exception {
        ScriptedTransport transport =
                new ScriptedTransport(response(Rcode.value(rcode)), response(Rcode.NOERROR, "a.test. A 192.0.2.1"));
        assertThat(ask(transport).outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(transport.edns()).containsExactly(true, false);
    }

    @Test
    void query_everyTryIsFormerr_isErrorAfterAllTries() throws Exception {
        Message[] responses = new Message[10];
        Arrays.setAll(responses, i -> response(Rcode.FORMERR));
        ScriptedTransport transport = new ScriptedTransport(responses);
        assertThat(ask(transport).outcome()).isEqualTo(DnsOutcome.ERROR);
        assertThat(transport.edns()).hasSizeLessThanOrEqualTo(DnsLimits.DEFAULTS.tries());
    }

    @Test
    void query_noNetwork_isErrorAfterAllTries() throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        assertThat(ask(transport).detail()).isEqualTo("no network: nothing more to say");
        assertThat(transport.asked()).hasSize(DnsLimits.DEFAULTS.tries());
    }

    @Test
    void query_transportThrows_isError() throws Exception {
        IoClientFactory broken = new IoClientFactory() {
            @Override
            public TcpIoClient createOrGetTcpClient() {
                throw new IllegalStateException("no sockets left");
            }

            @Override
            public UdpIoClient createOrGetUdpClient() {
                throw new IllegalStateException("no sockets left");
            }
        };
        try (DnsClient client = client(broken)) {
            assertThat(client.query(Name.fromString("a.test."), Type.A).get().outcome())
                    .isEqualTo(DnsOutcome.ERROR);
        }
    }

    @Test
    void query_relativeName_isRefused() {
        try (DnsClient client = client(new ScriptedTransport())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.query(Name.fromConstantString("relative"), Type.A));
        }
    }

    @Test
    void query_afterClose_isCancelled() throws Exception {
        DnsClient client = client(new ScriptedTransport());
        client.close();
        CompletableFuture<DnsAnswer> answer = client.query(Name.fromString("a.test."), Type.A);
        assertThatThrownBy(answer::get).hasCauseInstanceOf(CancellationException.class);
        assertThat(client.statistics().open()).isZero();
    }

    @Test
    void query_callerCancels_othersStillGetTheAnswer() throws Exception {
        try (DnsClient client = client(new ScriptedTransport(response(Rcode.NOERROR, "a.test. A 192.0.2.1")))) {
            client.query(Name.fromString("a.test."), Type.A).cancel(true);
            assertThat(client.query(Name.fromString("a.test."), Type.A).get().outcome())
                    .isEqualTo(DnsOutcome.ANSWER);
        }
    }
}
