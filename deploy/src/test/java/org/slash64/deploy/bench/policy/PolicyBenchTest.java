package org.slash64.deploy.bench.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.socket.Conversation;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.connectors.socket.Peer;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.connectors.socket.SocketServer;
import org.slash64.deploy.bench.Histogram;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;

class PolicyBenchTest {

    private static Latencies latencies(int rate, long p99) {
        return new Latencies(rate, Duration.ofSeconds(1), 100, p99, p99);
    }

    /** Answers in time up to a rate; tells what was tried. */
    private static double search(int inTimeUpTo, List<Integer> tried) throws Exception {
        PolicySide.Rate answers = rate -> {
            tried.add(rate);
            return latencies(rate, rate <= inTimeUpTo ? 1_999 : 2_000);
        };
        return new PolicySide(
                        "",
                        answers,
                        50_000,
                        Duration.ofMillis(2),
                        text -> assertThat(text).isNotEmpty())
                .round();
    }

    @Test
    void verify_everyClientGetsItsAnswer() throws IOException {
        try (PolicyBench bench = PolicyBench.start(new RoundTimes())) {
            bench.verify();
        }
    }

    @Test
    void round_wantedRateInTime_goesUpwards() throws Exception {
        List<Integer> tried = new ArrayList<>();
        assertThat(search(61_000, tried)).isEqualTo(60_000);
        assertThat(tried).containsExactly(50_000, 55_000, 60_000, 65_000);
    }

    @Test
    void round_wantedRateTooMuch_goesDownwards() throws Exception {
        List<Integer> tried = new ArrayList<>();
        assertThat(search(41_000, tried)).isEqualTo(40_000);
        assertThat(tried).containsExactly(50_000, 45_000, 40_000);
    }

    @Test
    void round_neverInTime_isZero() throws Exception {
        assertThat(search(0, new ArrayList<>())).isZero();
    }

    @Test
    void histogram_quantiles_areThoseOfTheTimes() {
        Histogram histogram = new Histogram();
        for (int micros = 1; micros <= 1_000; micros++) {
            histogram.add(Duration.ofNanos(micros * 1_000L).toNanos());
        }
        histogram.add(Duration.ofHours(1).toNanos());
        Latencies latencies = histogram.latencies(Duration.ofSeconds(2));
        assertThat(latencies).isEqualTo(new Latencies(1_001, Duration.ofSeconds(2), 501, 991, 1_000));
        assertThat(latencies.rate()).isEqualTo(500.5);
        assertThat(Latencies.parse(latencies.print())).isEqualTo(latencies);
    }

    @Test
    void load_asksAboutAMessageOnOneConnection() throws Exception {
        List<String> mixed = new ArrayList<>();
        Set<Object> connections = ConcurrentHashMap.newKeySet();
        try (SocketServer server = SocketServer.start(
                        "policy",
                        ListenAddress.parse("127.0.0.1:0").orElseThrow(),
                        1,
                        new ServerLimits(OpenLoop.CONNECTIONS, Duration.ofMinutes(1)),
                        peer -> new Turns(peer, mixed, connections));
                OpenLoop load = new OpenLoop(server.address(), new PolicySample(Instant.EPOCH).requests())) {
            load.ask(2_000, Duration.ofMillis(250));
        }
        assertThat(mixed).isEmpty();
        assertThat(connections).hasSizeGreaterThan(1);
    }

    /** Sees that a message's RCPT is followed by its END-OF-MESSAGE. */
    private static final class Turns implements Conversation {

        private final Peer peer;
        private final List<String> mixed;
        private final Set<Object> connections;
        private String sender = "";

        Turns(Peer peer, List<String> mixed, Set<Object> connections) {
            this.peer = peer;
            this.mixed = mixed;
            this.connections = connections;
        }

        @Override
        public void received(ByteBuffer bytes) {
            connections.add(this);
            String request = StandardCharsets.US_ASCII.decode(bytes).toString();
            String now = request.lines()
                    .filter(line -> line.startsWith("sender="))
                    .findFirst()
                    .orElseThrow();
            boolean first = request.contains("protocol_state=RCPT\n");
            if (!sender.equals(first ? "" : now)) {
                mixed.add(request);
            }
            sender = first ? now : "";
            peer.send(ByteBuffer.wrap("action=DUNNO\n\n".getBytes(StandardCharsets.US_ASCII)));
        }

        @Override
        public void ended() {}
    }
}
