package org.slash64.enrichers.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.slash64.enrichers.dns.HostileServer.FORGED;
import static org.slash64.enrichers.dns.HostileServer.RIGHT;
import static org.slash64.enrichers.dns.HostileServer.answer;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.testkit.dns.Fault;
import org.slash64.testkit.dns.ZoneData;
import org.slash64.testkit.dns.ZoneServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The client's own UDP transport against servers, networks and forgers that do their worst. */
@Timeout(60)
class UdpTransportIT {
    private static final Duration LONG = Duration.ofSeconds(30);
    /** One in which a varied case shows: it comes out as it went in once in 2^40. */
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn.test.";

    /** No retry, so that a datagram taken wrongly shows. */
    private static final DnsLimits ONE_TRY = new DnsLimits(1, LONG, LONG, 100, 100);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final EventLoop loop = new EventLoop("test-loop");

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        loop.close();
    }

    private HostileServer server(HostileServer.Script script) throws IOException {
        HostileServer server = new HostileServer(script);
        open.add(server);
        return server;
    }

    private DnsClient client(DnsLimits limits, InetSocketAddress... servers) {
        DnsClient client = new DnsClient(List.of(servers), limits, CacheLimits.DEFAULTS, Ticker.systemTicker());
        open.add(client);
        return client;
    }

    private UdpTransport transport(UdpCounters counters, int maxInFlight, SocketLimits limits, HostileServer server) {
        return new UdpTransport(loop, List.of(server.address()), maxInFlight, limits, counters);
    }

    private static DnsAnswer ask(DnsClient client, String name) throws Exception {
        return client.query(Name.fromString(name), Type.A).get();
    }

    private static CompletableFuture<byte[]> send(UdpTransport transport, HostileServer server, Duration timeout) {
        Message query = Message.newQuery(Record.newRecord(Name.fromConstantString("Mail.test."), Type.A, DClass.IN));
        return transport.sendAndReceiveUdp(null, server.address(), query, query.toWire(), 512, timeout);
    }

    private static String address(DnsAnswer answer) {
        return answer.records().get(0).rdataToString();
    }

    private static byte[] otherId(byte[] message) {
        byte[] other = message.clone();
        other[1] ^= 0x55;
        return other;
    }

    private static byte[] otherQuestion(byte[] message) {
        byte[] other = message.clone();
        other[Header.LENGTH + 1] ^= 1;
        return other;
    }

    private static byte[] otherType(byte[] message) throws IOException {
        byte[] other = message.clone();
        other[Header.LENGTH + new Message(message).getQuestion().getName().length() + 1] ^= 1;
        return other;
    }

    private static byte[] lowerCase(byte[] message) {
        byte[] lower = message.clone();
        for (int i = Header.LENGTH; i < lower.length && lower[i] != 0; i++) {
            lower[i] = (byte) Character.toLowerCase(lower[i]);
        }
        return lower;
    }

    @Test
    void query_forgedId_isIgnoredAndCostsNoTry() throws Exception {
        HostileServer server = server(query -> List.of(otherId(answer(query, FORGED)), answer(query, RIGHT)));
        DnsClient client = client(ONE_TRY, server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
        assertThat(client.statistics().udp().wrongId()).isEqualTo(1);
        assertThat(client.statistics().sent()).isEqualTo(1);
    }

    @Test
    void query_forgedQuestion_isIgnoredAndCostsNoTry() throws Exception {
        HostileServer server = server(query -> {
            byte[] forged = answer(query, FORGED);
            return List.of(otherQuestion(forged), otherType(forged), answer(query, RIGHT));
        });
        DnsClient client = client(ONE_TRY, server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
        assertThat(client.statistics().udp().wrongQuestion()).isEqualTo(2);
    }

    @Test
    void query_garbage_isIgnoredAndCostsNoTry() throws Exception {
        HostileServer server = server(query -> List.of(
                new byte[] {1},
                Arrays.copyOf(answer(query, FORGED), Header.LENGTH - 1),
                Arrays.copyOf(answer(query, FORGED), Header.LENGTH + 3),
                query, // no response
                Arrays.copyOf(answer(query, RIGHT), Header.LENGTH), // counts a question that is not there
                answer(query, RIGHT)));
        DnsClient client = client(ONE_TRY, server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
        assertThat(client.statistics().udp().malformed()).isEqualTo(5);
    }

    @Test
    void query_floodOfForgedAnswers_isAnsweredAfterIt() throws Exception {
        HostileServer server = server(query -> {
            List<byte[]> replies = new ArrayList<>();
            for (int i = 0; i < 150; i++) { // more would not fit into the receive buffer
                byte[] forged = answer(query, FORGED);
                forged[0] ^= (byte) (1 + i);
                replies.add(forged);
            }
            replies.add(answer(query, RIGHT));
            return replies;
        });
        DnsClient client = client(ONE_TRY, server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
        assertThat(client.statistics().udp().wrongId()).isEqualTo(150);
    }

    @Test
    void query_answerFromElsewhere_isNotTaken() throws Exception {
        List<HostileServer> self = new ArrayList<>();
        self.add(server(query -> {
            self.get(0).sendFromElsewhere(answer(query, FORGED));
            return List.of(answer(query, RIGHT));
        }));
        assertThat(address(ask(client(ONE_TRY, self.get(0).address()), "a.test.")))
                .isEqualTo(RIGHT);
    }

    @Test
    void query_answerAfterItsTimeout_isNotTaken() throws Exception {
        List<byte[]> held = new ArrayList<>();
        HostileServer server = server(query -> {
            held.add(answer(query, held.isEmpty() ? FORGED : RIGHT));
            return held.size() == 1 ? List.of() : List.copyOf(held);
        });
        DnsClient client = client(new DnsLimits(2, Duration.ofMillis(200), LONG, 100, 100), server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
        assertThat(client.statistics().udp().timedOut()).isEqualTo(1);
    }

    @Test
    void query_letters_varyOnTheWireAndNotInTheAnswer() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        DnsClient client = client(ONE_TRY, server.address());
        DnsAnswer answer = ask(client, LETTERS);
        String sent = new String(server.queries().get(0), StandardCharsets.ISO_8859_1);
        assertThat(sent).doesNotContain(LETTERS.substring(0, 40)).containsIgnoringCase(LETTERS.substring(0, 40));
        assertThat(answer.records().get(0).getName()).hasToString(LETTERS);
    }

    @Test
    void query_answerInOtherCase_isAskedOverTcp() throws Exception {
        HostileServer server = server(query -> List.of(lowerCase(answer(query, FORGED))));
        DnsClient client = client(ONE_TRY, server.address());
        assertThat(address(ask(client, LETTERS))).isEqualTo(RIGHT);
        assertThat(server.tcpQueries()).isEqualTo(1);
        assertThat(client.statistics().udp().wrongCase()).isEqualTo(1);
    }

    @Test
    void query_serverThatFoldsCase_isBelievedAfterAWhile() throws Exception {
        HostileServer server = server(query -> List.of(lowerCase(answer(query, RIGHT))));
        DnsClient client = client(ONE_TRY, server.address());
        for (int i = 0; i < 20; i++) {
            assertThat(ask(client, "n" + i + LETTERS).outcome()).isEqualTo(DnsOutcome.ANSWER);
        }
        assertThat(server.tcpQueries()).isEqualTo(ServerSockets.FOLDS_BEFORE_BELIEVED);
    }

    @Test
    void query_serverThatHasRepeatedCase_isNeverBelievedOtherwise() throws Exception {
        List<byte[]> seen = new ArrayList<>();
        HostileServer server = server(query -> {
            seen.add(query);
            return List.of(seen.size() == 1 ? answer(query, RIGHT) : lowerCase(answer(query, FORGED)));
        });
        DnsClient client = client(ONE_TRY, server.address());
        for (int i = 0; i < 20; i++) {
            assertThat(address(ask(client, "n" + i + LETTERS))).isEqualTo(RIGHT);
        }
        assertThat(server.tcpQueries()).isEqualTo(19);
    }

    /** The kernel reports only so many refusals in a second, and tests before this one may have used them up. */
    private static void awaitRefusal(InetSocketAddress gone) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(gone);
            socket.setSoTimeout(50);
            while (!isRefused(socket)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isRefused(DatagramSocket socket) throws IOException {
        try {
            socket.send(new DatagramPacket(new byte[1], 1));
            socket.receive(new DatagramPacket(new byte[1], 1));
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (PortUnreachableException e) {
            return true;
        }
    }

    @Test
    void query_portRefused_nextServerIsAskedAtOnceAndFirst() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        HostileServer gone = new HostileServer(query -> List.of());
        gone.close();
        awaitRefusal(gone.address());
        DnsClient client = client(new DnsLimits(3, LONG, LONG, 100, 100), gone.address(), server.address());
        assertThat(ask(client, "a.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        assertThat(ask(client, "b.test.").outcome()).isEqualTo(DnsOutcome.ANSWER);
        UdpStatistics udp = client.statistics().udp();
        assertThat(udp.failed()).isEqualTo(1);
        assertThat(udp.timedOut()).isZero();
        assertThat(udp.sent()).isEqualTo(3);
    }

    @Test
    void query_formerrWithoutQuestion_isAskedAgainWithoutEdns() throws Exception {
        HostileServer server = server(query -> {
            if (new Message(query).getOPT() == null) {
                return List.of(answer(query, RIGHT));
            }
            Header refusal = new Header(UdpQuery.id(query));
            refusal.setFlag(Flags.QR);
            refusal.setRcode(Rcode.FORMERR);
            return List.of(refusal.toWire());
        });
        DnsClient client = client(new DnsLimits(2, LONG, LONG, 100, 100), server.address());
        assertThat(address(ask(client, "a.test."))).isEqualTo(RIGHT);
    }

    @Test
    void query_thousandsInFlight_needOneThreadAndFewSockets() throws Exception {
        String zone = "$TTL 300\n$ORIGIN test.\n@ IN SOA ns h 1 7200 900 604800 60\n* IN A 192.0.2.1\n";
        ZoneServer server = ZoneServer.start(ZoneData.parse(zone), 0);
        open.add(server);
        server.injectAll(new Fault.Delay(Duration.ofMillis(500)));
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        DnsClient client = client(new DnsLimits(20, Duration.ofSeconds(1), LONG, 5_000, 5_000), server.address());
        List<CompletableFuture<DnsAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            answers.add(client.query(Name.fromString("n" + i + ".test."), Type.A));
        }
        Set<Thread> after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(before);
        assertThat(after.stream().map(Thread::getName).filter(name -> name.startsWith("dns-")))
                .hasSize(1);
        for (CompletableFuture<DnsAnswer> answer : answers) {
            assertThat(answer.get().outcome()).isEqualTo(DnsOutcome.ANSWER);
        }
        assertThat(client.statistics().udp().socketsOpened()).isLessThan(2_000);
    }

    @Test
    void send_afterManyQueries_comesFromOtherPorts() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, new SocketLimits(4, 8, 10, LONG), server);
        for (int i = 0; i < 400; i++) {
            send(transport, server, LONG).get();
        }
        assertThat(Set.copyOf(server.ports()).size()).isGreaterThanOrEqualTo(38); // two of 40 may be the same
        assertThat(counters.snapshot().socketsOpen()).isLessThanOrEqualTo(4);
        int most =
                server.ports().stream()
                        .collect(Collectors.groupingBy(port -> port, Collectors.counting()))
                        .values()
                        .stream()
                        .mapToInt(Long::intValue)
                        .max()
                        .orElseThrow();
        assertThat(most).isLessThanOrEqualTo(20);
    }

    @Test
    void send_ids_differEachTime() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        UdpTransport transport = transport(new UdpCounters(), 100, SocketLimits.forInFlight(100), server);
        for (int i = 0; i < 200; i++) {
            send(transport, server, LONG).get();
        }
        Set<Integer> ids = server.queries().stream().map(UdpQuery::id).collect(Collectors.toSet());
        assertThat(ids.size()).isGreaterThan(190);
    }

    @Test
    void send_idle_leavesNoSocketOpen() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, new SocketLimits(4, 8, 10, Duration.ofMillis(10)), server);
        send(transport, server, LONG).get();
        while (counters.snapshot().socketsOpen() > 0) {
            Thread.onSpinWait();
        }
        assertThat(send(transport, server, LONG).get()).isNotEmpty();
    }

    @Test
    void send_retiredSocketStillAwaited_isAnswered() throws Exception {
        List<byte[]> held = new ArrayList<>();
        HostileServer server = server(query -> {
            held.add(answer(query, RIGHT));
            return held.size() < 3 ? List.of() : List.copyOf(held);
        });
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, new SocketLimits(1, 8, 3, LONG), server);
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            answers.add(send(transport, server, LONG));
        }
        for (CompletableFuture<byte[]> answer : answers) {
            assertThat(answer.get()).isNotEmpty();
        }
    }

    @Test
    void send_noAnswer_timesOut() throws Exception {
        HostileServer server = server(query -> List.of());
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, SocketLimits.forInFlight(100), server);
        CompletableFuture<byte[]> slow = send(transport, server, LONG);
        CompletableFuture<byte[]> quick = send(transport, server, Duration.ofMillis(50));
        assertThatThrownBy(quick::get).hasCauseInstanceOf(SocketTimeoutException.class);
        assertThat(slow).isNotDone();
        assertThat(counters.snapshot().timedOut()).isEqualTo(1);
    }

    @Test
    void send_moreThanMayBeInFlight_failsAtOnce() throws Exception {
        HostileServer server = server(query -> List.of());
        UdpTransport transport = transport(new UdpCounters(), 3, SocketLimits.forInFlight(3), server);
        List<CompletableFuture<byte[]>> taken =
                List.of(send(transport, server, LONG), send(transport, server, LONG), send(transport, server, LONG));
        CompletableFuture<byte[]> fourth = send(transport, server, LONG);
        assertThat(fourth).isCompletedExceptionally();
        assertThatThrownBy(fourth::get).hasCauseInstanceOf(IOException.class);
        assertThat(taken).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void send_allSocketsBusy_fails() throws Exception {
        HostileServer server = server(query -> List.of());
        UdpTransport transport = transport(new UdpCounters(), 100, new SocketLimits(2, 3, 10, LONG), server);
        for (int i = 0; i < 6; i++) {
            assertThat(send(transport, server, LONG)).isNotDone();
        }
        CompletableFuture<byte[]> seventh = send(transport, server, LONG);
        assertThatThrownBy(seventh::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void send_portRefused_failsAllOfThatSocket() throws Exception {
        HostileServer gone = new HostileServer(query -> List.of());
        gone.close();
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, new SocketLimits(1, 50, 200, LONG), gone);
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(send(transport, gone, LONG));
        }
        while (!isDoneSoon(CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new)))) {
            answers.add(send(transport, gone, LONG)); // the kernel reports only so many refusals in a second
        }
        for (CompletableFuture<byte[]> answer : answers) {
            assertThatThrownBy(answer::get).hasCauseInstanceOf(PortUnreachableException.class);
        }
        assertThat(counters.snapshot().failed()).isEqualTo(answers.size());
        assertThat(counters.snapshot().socketsOpen()).isZero();
    }

    private static boolean isDoneSoon(CompletableFuture<?> all) throws InterruptedException {
        try {
            all.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    @Test
    void send_toUnknownServer_fails() throws Exception {
        HostileServer server = server(query -> List.of());
        HostileServer other = server(query -> List.of());
        UdpTransport transport = transport(new UdpCounters(), 100, SocketLimits.forInFlight(100), server);
        assertThat(send(transport, other, LONG)).isCompletedExceptionally();
    }

    @Test
    void close_inFlight_failsAllAndLeavesNothing() throws Exception {
        HostileServer server = server(query -> List.of());
        UdpCounters counters = new UdpCounters();
        UdpTransport transport = transport(counters, 100, SocketLimits.forInFlight(100), server);
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(send(transport, server, LONG));
        }
        loop.close();
        assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(counters.snapshot().socketsOpen()).isZero();
        assertThat(send(transport, server, LONG)).isCompletedExceptionally();
    }

    @Test
    void close_whileManySend_losesNone() throws Exception {
        HostileServer server = server(query -> List.of(answer(query, RIGHT)));
        UdpTransport transport = transport(new UdpCounters(), 1_000_000, SocketLimits.forInFlight(1_000), server);
        ConcurrentLinkedQueue<CompletableFuture<byte[]>> answers = new ConcurrentLinkedQueue<>();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread sender = new Thread(() -> {
                for (int sent = 0; sent < 2_000; sent++) {
                    answers.add(send(transport, server, LONG));
                }
            });
            sender.start();
            senders.add(sender);
        }
        while (answers.size() < 1_000) {
            Thread.onSpinWait();
        }
        loop.close();
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(answers).hasSize(8_000).allMatch(CompletableFuture::isDone);
    }

    @Test
    void close_ofClient_leavesNoThreadAndNoSocket() throws Exception {
        HostileServer server = server(query -> List.of());
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        DnsClient client = client(ONE_TRY, server.address());
        CompletableFuture<DnsAnswer> answer = client.query(Name.fromString("a.test."), Type.A);
        Set<Thread> added = new HashSet<>(Thread.getAllStackTraces().keySet());
        added.removeAll(before);
        client.close();
        for (Thread thread : added) {
            if (thread.getName().startsWith("dns-")) {
                thread.join();
            }
        }
        assertThat(answer).isCompletedExceptionally();
        assertThat(client.statistics().udp().socketsOpen()).isZero();
    }
}
