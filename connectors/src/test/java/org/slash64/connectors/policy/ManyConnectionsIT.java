package org.slash64.connectors.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Known;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.socket.ListenAddress;

/**
 * Connections that lie idle in mid-request take little memory and nothing from the others: ten thousand, or as many as the
 * files allow that this process may open.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ManyConnectionsIT {

    private static final int MOST = 10_000;
    private static final int LEAST = 1_000;

    /** For the JVM and the test itself. */
    private static final int OTHER_FILES = 500;

    private static final int HALF_REQUEST = 1_000;
    private static final long MOST_HEAP = 64 << 20;

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void idleConnections_leaveMemoryAndServiceToOthers() throws Exception {
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        int connections = (int) Math.min(MOST, (files - OTHER_FILES) / 2); // both ends are here
        assumeTrue(connections >= LEAST, "skipped: ulimit -n is " + files);
        Clock clock = Clock.fixed(Known.NOW, ZoneOffset.UTC);
        InlineChecks checks = new InlineChecks(new ScriptedDns(), Duration.ofMillis(50), clock);
        Answers answers = new Answers(
                new Known().list("2001:db8:a:1::/64").knowledge(),
                checks,
                Policy.defaults(),
                (client, sender, now) -> true,
                clock);
        List<PolicyClient> clients = new ArrayList<>();
        try (PolicyServer server = PolicyServer.start(
                ListenAddress.parse("127.0.0.1:0").orElseThrow(),
                answers,
                Mode.ENFORCE,
                PolicyLimits.DEFAULTS.withMaxConnections(connections + 1))) {
            long before = usedHeap();
            for (int i = 0; i < connections; i++) {
                PolicyClient client = new PolicyClient(server.address());
                clients.add(client);
                client.send("request=smtpd_access_policy\nsender=" + "a".repeat(HALF_REQUEST));
            }
            try (PolicyClient good = new PolicyClient(server.address())) {
                for (int i = 0; i < 1_000; i++) {
                    assertThat(good.ask(Requests.rcpt("2001:db8:a:1::5"))).startsWith("action=554 ");
                }
            }
            assertThat(server.connections().refused()).isZero();
            assertThat(usedHeap() - before).isLessThan(MOST_HEAP);
        } finally {
            for (PolicyClient client : clients) {
                client.close();
            }
        }
    }
}
