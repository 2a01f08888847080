package org.slash64.deploy.bench.policy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.policy.PolicyAction;
import org.slash64.connectors.policy.PolicyLimits;
import org.slash64.connectors.policy.PolicyServer;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.deploy.bench.Bench;
import org.slash64.deploy.bench.Latencies;
import org.slash64.deploy.bench.RoundTimes;
import org.slash64.deploy.bench.Side;
import org.slash64.deploy.bench.Workload;

/** Answers of the policy server a second, 99% of them within two milliseconds. */
final class PolicyBench implements Bench, AutoCloseable {

    private static final int WANTED = 50_000;
    private static final Duration IN_TIME = Duration.ofMillis(2);
    private static final Duration DEADLINE = Duration.ofMillis(50);

    private final RoundTimes times;
    private final PolicySample sample;
    private final PolicyServer server;
    private final UnreadServer unread;
    private final Map<String, String> found = new LinkedHashMap<>();

    private PolicyBench(RoundTimes times, PolicySample sample, PolicyServer server, UnreadServer unread) {
        this.times = times;
        this.sample = sample;
        this.server = server;
        this.unread = unread;
    }

    /** Starts the server. */
    static PolicyBench start(RoundTimes times) throws IOException {
        Clock clock = Clock.systemUTC();
        PolicySample sample = new PolicySample(clock.instant().plus(Duration.ofDays(1)));
        InlineChecks checks = new InlineChecks(sample.dns(), DEADLINE, clock);
        Answers answers = new Answers(sample.known(), checks, Policy.defaults(), (client, sender, now) -> true, clock);
        ListenAddress loopback = ListenAddress.parse("127.0.0.1:0").orElseThrow();
        return new PolicyBench(
                times,
                sample,
                PolicyServer.start(loopback, answers, Mode.ENFORCE, PolicyLimits.DEFAULTS),
                UnreadServer.start(loopback, PolicyLimits.DEFAULTS));
    }

    @Override
    public String name() {
        return "policy";
    }

    @Override
    public String unit() {
        return "answers/s";
    }

    @Override
    public OptionalDouble target() {
        return OptionalDouble.of(1);
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "work",
                "a rate counts where 99% of the answers come within " + IN_TIME.toMillis()
                        + " ms of when their requests were to be sent; it goes by steps of 5,000/s");
        settings.put(
                "requests",
                "all attributes of Postfix 3.8, " + sample.requests().get(0).length
                        + " bytes; each message is asked about at RCPT and at END-OF-MESSAGE on one connection and has a"
                        + " sender of its own; "
                        + PolicySample.CLIENTS + " clients, " + PolicySample.LISTED + "% of them listed, seed "
                        + PolicySample.SEED);
        settings.put("known", sample.known().listedPrefixes() + " listed prefixes");
        settings.put(
                "checks",
                "FCrDNS and SPF of MAIL FROM and HELO for each message of clients not listed, DNS answers at hand");
        settings.put("connections", OpenLoop.CONNECTIONS + ", one request at a time each, open loop, one thread");
        settings.put("server", PolicyLimits.DEFAULTS.threads() + " threads, in this process");
        settings.put("warm-up", times.warmUp() + " at each rate");
        settings.put("time", times.time() + " at each rate");
        settings.putAll(found);
        return settings;
    }

    @Override
    public List<Workload> workloads() {
        return List.of(
                workload("load from another process", this::fromOtherProcess),
                workload("load from the same process", this::fromThisProcess));
    }

    private Workload workload(String name, Load load) {
        Side ours = new PolicySide(
                "slash64",
                rate -> load.ask(server.address(), rate),
                WANTED,
                IN_TIME,
                text -> found.put(name + ", last round", text));
        Side wanted = new Wanted(
                rate -> load.ask(unread.address(), rate),
                text -> found.put(
                        name + ", last round, of a server that says DUNNO to requests it does not read", text));
        return new Workload(name, true, ours, wanted);
    }

    /** What is aimed at; for the record, what this machine can do at that rate. */
    private record Wanted(PolicySide.Rate unread, Consumer<String> found) implements Side {
        @Override
        public String label() {
            return "what is aimed at";
        }

        @Override
        public double round() throws IOException, InterruptedException {
            Latencies limit = unread.offer(WANTED);
            System.err.printf(Locale.ROOT, "offered %,d/s, not read: %s%n", WANTED, limit);
            found.accept(limit.toString());
            return WANTED;
        }
    }

    private Latencies fromThisProcess(SocketAddress address, int rate) throws IOException {
        try (OpenLoop load = new OpenLoop(address, sample.requests())) {
            load.ask(rate, times.warmUp());
            return load.ask(rate, times.time());
        }
    }

    private Latencies fromOtherProcess(SocketAddress address, int rate) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path")));
        command.add(LoadProcess.class.getName());
        command.addAll(List.of(
                String.valueOf(((InetSocketAddress) address).getPort()),
                String.valueOf(rate),
                times.warmUp().toString(),
                times.time().toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (process.waitFor() != 0) {
                throw new IOException("the load failed");
            }
            return Latencies.parse(line);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Asks everything once: as many are rejected as are listed, and nothing else is said. */
    @Override
    public void verify() throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(4_096);
        try (SocketChannel channel = SocketChannel.open(server.address())) {
            for (byte[] request : sample.requests()) {
                channel.write(ByteBuffer.wrap(request));
                reply.clear();
                while (!new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII).endsWith("\n\n")) {
                    if (channel.read(reply) < 0) {
                        throw new IOException("the policy server hung up");
                    }
                }
            }
        }
        long rejected = server.statistics().answers(PolicyAction.REJECT);
        long passed = server.statistics().answers(PolicyAction.DUNNO);
        long listed = (long) sample.listedClients() * PolicySample.STATES.size();
        if (rejected != listed || rejected + passed != sample.requests().size()) {
            throw new IOException(rejected + " were rejected of " + listed + " of listed clients, and " + passed
                    + " passed of " + sample.requests().size() + " in all");
        }
    }

    @Override
    public void close() throws IOException {
        unread.close();
        server.close();
    }
}
