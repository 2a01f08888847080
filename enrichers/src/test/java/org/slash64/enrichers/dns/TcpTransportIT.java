package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.slash64.enrichers.dns.HostileServer.RIGHT;
import static org.slash64.enrichers.dns.HostileServer.answer;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Answers that come over TCP, from a server that truncates every answer over UDP. */
@Timeout(60)
class TcpTransportIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<DnsClient> clients = new ArrayList<>();
    private HostileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new HostileServer(query -> {
            byte[] truncated = answer(query, RIGHT);
            truncated[2] |= 0x02;
            return List.of(truncated);
        });
    }

    @AfterEach
    void close() throws IOException {
        clients.forEach(DnsClient::close);
        server.close();
    }

    private DnsClient client(int tries, Duration tryTimeout) {
        DnsLimits limits = new DnsLimits(tries, tryTimeout, LONG, 1_000, 1_000);
        DnsClient client =
                new DnsClient(List.of(server.address()), limits, CacheLimits.DEFAULTS, Ticker.systemTicker());
        clients.add(client);
        return client;
    }

    private static CompletableFuture<DnsAnswer> ask(DnsClient client, String name) throws Exception {
        return client.query(Name.fromString(name), Type.A);
    }

    private static void assertRight(DnsAnswer answer) {
        assertThat(answer.records()).extracting(Record::rdataToString).containsExactly(RIGHT);
    }

    @Test
    void query_truncated_isAskedOverTcp() throws Exception {
        DnsClient client = client(1, LONG);
        assertRight(ask(client, "a.test.").get());
        assertThat(client.statistics().overTcp()).isEqualTo(1);
    }

    @Test
    void query_manyTruncatedAtOnce_areAllAnswered() throws Exception {
        DnsClient client = client(1, LONG);
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            answers.add(ask(client, "n" + i + ".test."));
        }
        for (CompletableFuture<DnsAnswer> answer : answers) {
            assertRight(answer.get());
        }
        assertThat(server.tcpQueries()).isEqualTo(150);
    }

    @Test
    void query_serverClosesAfterEachAnswer_allAreAnswered() throws Exception {
        server.onTcp((socket, in, out) -> {
            byte[] reply = answer(server.query(in), RIGHT);
            out.writeShort(reply.length);
            out.write(reply);
        });
        DnsClient client = client(1, LONG);
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(client, "n" + i + ".test."));
        }
        for (CompletableFuture<DnsAnswer> answer : answers) {
            assertRight(answer.get());
        }
    }

    @Test
    void query_oneConnectionStalls_othersAreAnswered() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        server.onTcp((socket, in, out) -> {
            server.query(in);
            server.onTcpAnswerAll();
            stalled.countDown();
            awaitQuietly(end);
        });
        DnsClient client = client(1, Duration.ofSeconds(2));
        CompletableFuture<DnsAnswer> first = ask(client, "a.test.");
        stalled.await();
        assertRight(ask(client, "b.test.").get());
        assertThat(first.get().outcome()).isEqualTo(DnsOutcome.TIMEOUT);
        assertRight(ask(client, "c.test.").get());
        end.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void query_connectionsReset_isErrorAndThenAnswerAgain() throws Exception {
        server.onTcp((socket, in, out) -> HostileServer.resetOnClose(socket));
        DnsClient client = client(3, LONG);
        assertThat(ask(client, "a.test.").get().outcome()).isEqualTo(DnsOutcome.ERROR);
        assertThat(client.statistics().overTcp()).isEqualTo(3);
        server.onTcpAnswerAll();
        assertRight(ask(client, "b.test.").get());
    }

    @Test
    void query_answerByteByByte_isAnswer() throws Exception {
        server.onTcp((socket, in, out) -> {
            byte[] reply = answer(server.query(in), RIGHT);
            socket.setTcpNoDelay(true);
            out.writeByte(reply.length >> 8);
            out.flush();
            out.writeByte(reply.length);
            for (byte octet : reply) {
                out.write(octet);
                out.flush();
            }
        });
        assertRight(ask(client(1, LONG), "a.test.").get());
    }

    @Test
    void query_hostileLengths_areErrors() throws Exception {
        AtomicInteger length = new AtomicInteger();
        server.onTcp((socket, in, out) -> {
            server.query(in);
            out.writeShort(length.get());
            out.write(new byte[] {1, 2, 3});
        });
        DnsClient client = client(1, LONG);
        for (int announced : new int[] {0, 1, 3, 12, 65_535}) {
            length.set(announced);
            assertThat(ask(client, "n" + announced + ".test.").get().outcome()).isEqualTo(DnsOutcome.ERROR);
        }
    }

    @Test
    void query_answerToOtherQuestionOverTcp_isError() throws Exception {
        server.onTcp((socket, in, out) -> {
            byte[] reply = answer(server.query(in), RIGHT);
            reply[13] ^= 1;
            out.writeShort(reply.length);
            out.write(reply);
        });
        assertThat(ask(client(1, LONG), "a.test.").get().outcome()).isEqualTo(DnsOutcome.ERROR);
    }

    @Test
    void close_whileConnected_endsAll() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        server.onTcp((socket, in, out) -> {
            server.query(in);
            asked.countDown();
            if (in.read() < 0) {
                closed.countDown();
            }
        });
        DnsClient client = client(1, LONG);
        CompletableFuture<DnsAnswer> answer = ask(client, "a.test.");
        asked.await();
        client.close();
        closed.await();
        assertThat(answer).isCompletedExceptionally();
    }
}
