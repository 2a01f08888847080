package org.slash64.connectors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.answer.Action;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.Ground;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Knowledge;
import org.slash64.connectors.answer.Known;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.socket.ListenAddress;
import org.slash64.schemas.LimitAction;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PolicyServerTest {

    private static final String LISTED = "2001:db8:a:1::5";
    private static final String OTHER = "2001:db8:b::5";
    private static final Clock CLOCK = Clock.fixed(Known.NOW, ZoneOffset.UTC);
    private static final ListenAddress LOOPBACK =
            ListenAddress.parse("127.0.0.1:0").orElseThrow();

    private final Known known = new Known().list("2001:db8:a:1::/64");
    private final ScriptedDns dns = new ScriptedDns();
    private final Policy policy = Policy.defaults().withActions(Map.of(Ground.NO_PTR, Action.ACCEPT));
    private PolicyServer server;

    private Answers answers(Knowledge knowledge, Policy with, Duration deadline) {
        return new Answers(
                knowledge, new InlineChecks(dns, deadline, CLOCK), with, (client, sender, now) -> true, CLOCK);
    }

    private void start(Policy with, Mode mode, PolicyLimits limits) throws IOException {
        Answers answers = answers(known.knowledge(), with, Duration.ofMillis(50));
        server = PolicyServer.start(LOOPBACK, answers, mode, limits);
    }

    private void start() throws IOException {
        start(policy, Mode.ENFORCE, PolicyLimits.DEFAULTS);
    }

    private PolicyClient connect() throws IOException {
        return new PolicyClient(server.address());
    }

    private String ask(Requests request) throws IOException {
        try (PolicyClient client = connect()) {
            return client.ask(request);
        }
    }

    @AfterEach
    void stop() throws IOException {
        dns.release();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void ask_listedClient_isRejectedWithTheReason() throws IOException {
        start();
        assertThat(ask(Requests.rcpt(LISTED)))
                .startsWith("action=554 5.7.1 slash64: the client's prefix 2001:db8:a:1::/64 is listed: ");
        assertThat(server.statistics().answers(PolicyAction.REJECT)).isEqualTo(1);
        assertThat(server.statistics().answers(Ground.LISTED_CLIENT)).isEqualTo(1);
    }

    @Test
    void ask_otherClient_isDunno() throws IOException {
        start();
        assertThat(ask(Requests.rcpt(OTHER))).isEqualTo("action=DUNNO");
    }

    @Test
    void ask_manyOnOneConnection_areAnsweredInTurn() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.ask(Requests.rcpt(i % 2 == 0 ? LISTED : OTHER)))
                        .startsWith(i % 2 == 0 ? "action=554 " : "action=DUNNO");
            }
        }
    }

    @Test
    void ask_severalAtOnce_areAnsweredInOrder() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.send(Requests.rcpt(LISTED) + "" + Requests.rcpt(OTHER) + Requests.rcpt(LISTED));
            assertThat(client.reply()).startsWith("action=554 ");
            assertThat(client.reply()).isEqualTo("action=DUNNO");
            assertThat(client.reply()).startsWith("action=554 ");
        }
    }

    @Test
    void ask_severalAtOnceWhileDnsIsSlow_areAnsweredInOrder() throws IOException {
        start();
        dns.holdUp();
        try (PolicyClient client = connect()) {
            client.send(Requests.rcpt(OTHER) + "" + Requests.rcpt(LISTED) + Requests.rcpt(OTHER));
            assertThat(client.reply()).isEqualTo("action=DUNNO");
            assertThat(client.reply()).startsWith("action=554 ");
            assertThat(client.reply()).isEqualTo("action=DUNNO");
        }
    }

    @Test
    void ask_dnsSilent_isAnsweredByTheDeadline() throws IOException {
        start(Policy.defaults(), Mode.ENFORCE, PolicyLimits.DEFAULTS);
        dns.holdUp();
        assertThat(ask(Requests.rcpt(OTHER))).isEqualTo("action=DUNNO");
    }

    @Test
    void ask_sameMailAgain_asksDnsOnce() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.ask(Requests.rcpt(OTHER));
            int once = dns.asked();
            client.ask(Requests.rcpt(OTHER).with("recipient", "c@example.net"));
            client.ask(Requests.rcpt(OTHER).with("protocol_state", "END-OF-MESSAGE"));
            assertThat(dns.asked()).isEqualTo(once).isPositive();

            client.ask(Requests.rcpt(OTHER).with("sender", "d@example.com"));
            assertThat(dns.asked()).isGreaterThan(once);
            int twice = dns.asked();
            client.ask(Requests.rcpt("2001:db8:c::5").with("sender", "d@example.com"));
            assertThat(dns.asked()).isGreaterThan(twice);
        }
        int before = dns.asked();
        ask(Requests.rcpt(OTHER));
        assertThat(dns.asked()).isGreaterThan(before);
    }

    @Test
    void ask_sameMailAfterSilence_asksDnsAgain() throws IOException {
        start();
        dns.holdUp();
        try (PolicyClient client = connect()) {
            client.ask(Requests.rcpt(OTHER));
            int silent = dns.asked();
            dns.release();
            client.ask(Requests.rcpt(OTHER));
            assertThat(dns.asked()).isGreaterThan(silent);
        }
    }

    @Test
    void ask_sameMailOnceItsClientIsListed_isRejected() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            assertThat(client.ask(Requests.rcpt(OTHER))).isEqualTo("action=DUNNO");
            known.list("2001:db8:b::/64");
            assertThat(client.ask(Requests.rcpt(OTHER))).startsWith("action=554 ");
        }
    }

    @Test
    void ask_byteByByte_isAnswered() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            for (char c : Requests.rcpt(LISTED).toString().toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.reply()).startsWith("action=554 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "EHLO", "MAIL", "DATA", "VRFY", "ETRN", ""})
    void ask_otherStates_areDunno(String state) throws IOException {
        start();
        assertThat(ask(Requests.rcpt(LISTED).with("protocol_state", state))).isEqualTo("action=DUNNO");
    }

    @Test
    void ask_atEndOfMessage_isJudged() throws IOException {
        start();
        assertThat(ask(Requests.rcpt(LISTED).with("protocol_state", "END-OF-MESSAGE")))
                .startsWith("action=554 ");
    }

    @Test
    void ask_loggedInSubmissionOrOwnNetwork_isDunno() throws IOException {
        start();
        assertThat(ask(Requests.rcpt(LISTED).with("sasl_username", "u"))).isEqualTo("action=DUNNO");
        assertThat(ask(Requests.rcpt(LISTED).with("sasl_method", "PLAIN"))).isEqualTo("action=DUNNO");
        assertThat(ask(Requests.rcpt(LISTED).with("server_port", "587"))).isEqualTo("action=DUNNO");
        assertThat(ask(Requests.rcpt(LISTED).with("policy_context", "submission")))
                .isEqualTo("action=DUNNO");
        assertThat(ask(Requests.rcpt("10.1.2.3"))).isEqualTo("action=DUNNO");
        assertThat(server.statistics().answers(Opinion.Basis.EXEMPT)).isEqualTo(5);
    }

    @Test
    void ask_limitInForce_isDeferIfPermit() throws IOException {
        known.limit("2001:db8:b::/64", "m", LimitAction.DEFER);
        start();
        assertThat(ask(Requests.rcpt(OTHER)))
                .isEqualTo("action=DEFER_IF_PERMIT 4.7.1 slash64: 2001:db8:b::/64 sends too much:"
                        + " more than 100 messages in PT1M");
    }

    @Test
    void ask_422ForIpv6_is421AndNotForIpv4() throws IOException {
        known.list("192.0.2.0/24");
        Policy fallback = policy.withActions(Map.of(Ground.LISTED_CLIENT, Action.TRY_IPV4));
        start(fallback, Mode.ENFORCE, PolicyLimits.DEFAULTS);
        assertThat(ask(Requests.rcpt(LISTED))).startsWith("action=421 4.7.1 slash64: ");
        assertThat(ask(Requests.rcpt("192.0.2.1"))).startsWith("action=DEFER_IF_PERMIT 4.7.1 slash64: ");
    }

    @Test
    void ask_mark_isPrependedOncePerMessage() throws IOException {
        start(Policy.defaults(), Mode.ENFORCE, PolicyLimits.DEFAULTS);
        Requests request = Requests.rcpt(OTHER);
        assertThat(ask(request)).startsWith("action=PREPEND X-slash64: no-ptr (");
        assertThat(ask(request.with("recipient", "c@example.net"))).isEqualTo("action=DUNNO");
        assertThat(ask(request.with("instance", "another"))).startsWith("action=PREPEND ");
        assertThat(ask(request.with("instance", "third").with("protocol_state", "END-OF-MESSAGE")))
                .isEqualTo("action=DUNNO");
    }

    @Test
    void ask_dryRun_saysWhatItWouldDo() throws IOException {
        start(policy, Mode.DRY_RUN, PolicyLimits.DEFAULTS);
        assertThat(ask(Requests.rcpt(LISTED)))
                .startsWith("action=PREPEND X-slash64: dry-run; would answer 554 5.7.1 slash64: ");
        assertThat(ask(Requests.rcpt(OTHER).with("instance", "another"))).isEqualTo("action=DUNNO");
    }

    @Test
    void ask_observe_onlyCounts() throws IOException {
        start(policy, Mode.OBSERVE, PolicyLimits.DEFAULTS);
        assertThat(ask(Requests.rcpt(LISTED))).isEqualTo("action=DUNNO");
        assertThat(server.statistics().answers(Ground.LISTED_CLIENT)).isEqualTo(1);
        assertThat(server.statistics().answers(PolicyAction.DUNNO)).isEqualTo(1);
    }

    @Test
    void ask_staleKnowledge_failsOpenAndIsCounted() throws IOException {
        Answers answers = answers(new Knowledge(List.of()), policy, Duration.ofMillis(50));
        server = PolicyServer.start(LOOPBACK, answers, Mode.ENFORCE, PolicyLimits.DEFAULTS);
        assertThat(ask(Requests.rcpt(LISTED))).isEqualTo("action=DUNNO");
        assertThat(server.statistics().failedOpen()).isEqualTo(1);
    }

    @Test
    void ask_overAUnixSocket_isAnswered(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("policy");
        Answers answers = answers(known.knowledge(), policy, Duration.ofMillis(50));
        server = PolicyServer.start(
                ListenAddress.parse("unix:" + socket).orElseThrow(), answers, Mode.ENFORCE, PolicyLimits.DEFAULTS);
        assertThat(ask(Requests.rcpt(LISTED))).startsWith("action=554 ");
        server.close();
        assertThat(Files.exists(socket)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\n\n",
                "no attribute\n\n",
                "request=smtpd_access_policy\nno attribute\n\n",
                "request=another\n\n",
                "protocol_state=RCPT\n\n",
                "request=smtpd_access_policy\nname=a\0b\n\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\n\n"
            })
    void brokenRequest_isCutOffWithoutAReply(String request) throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.send(request + "\n\n");
            assertThat(client.isCutOff()).isTrue();
        }
        assertThat(server.statistics().brokenRequests()).isEqualTo(1);
    }

    @Test
    void tooManyAttributes_areCutOff() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.send("request=smtpd_access_policy\n" + "a=b\n".repeat(PolicyLimits.MAX_ATTRIBUTES) + "\n");
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void endlessLine_isCutOff() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.send("sender=" + "a".repeat(PolicyLimits.MAX_REQUEST));
            assertThat(client.isCutOff()).isTrue();
        }
    }

    @Test
    void endlessRequests_withoutWaiting_areCutOff() throws IOException {
        start();
        try (PolicyClient client = connect()) {
            client.send("request=smtpd_access_policy\n\n".repeat(PolicyLimits.MAX_PIPELINED + 1));
            int replies = 0;
            while (client.reply() != null) {
                replies++;
            }
            assertThat(replies).isEqualTo(PolicyLimits.MAX_PIPELINED);
        }
    }

    @Test
    void slowWriter_isCutOffInMidRequest() throws IOException {
        start(policy, Mode.ENFORCE, PolicyLimits.DEFAULTS.withTimes(Duration.ofMinutes(1), Duration.ofMillis(20)));
        try (PolicyClient client = connect()) {
            client.send("request=smtpd_access_policy\n");
            boolean open = true;
            while (open) {
                open = sent(client, "a=b\n");
            }
            assertThat(client.isCutOff()).isTrue();
        }
    }

    private static boolean sent(PolicyClient client, String text) {
        try {
            Thread.onSpinWait();
            client.send(text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void idleConnection_isClosed() throws IOException {
        start(policy, Mode.ENFORCE, PolicyLimits.DEFAULTS.withTimes(Duration.ofMillis(20), Duration.ofMillis(20)));
        try (PolicyClient idle = connect();
                PolicyClient half = connect()) {
            half.send("request=smtpd_acc");
            assertThat(idle.isCutOff()).isTrue();
            assertThat(half.isCutOff()).isTrue();
        }
    }

    @Test
    void tooManyConnections_areClosedAtOnceAndTheOthersServed() throws IOException {
        start(policy, Mode.ENFORCE, PolicyLimits.DEFAULTS.withMaxConnections(2));
        try (PolicyClient first = connect();
                PolicyClient second = connect();
                PolicyClient third = connect()) {
            assertThat(third.isCutOff()).isTrue();
            assertThat(first.ask(Requests.rcpt(LISTED))).startsWith("action=554 ");
            assertThat(second.ask(Requests.rcpt(LISTED))).startsWith("action=554 ");
        }
        assertThat(server.connections().refused()).isEqualTo(1);
    }

    @Test
    void brokenConnections_doNotDisturbOthers() throws IOException {
        start();
        List<PolicyClient> clients = new ArrayList<>();
        try (PolicyClient good = connect()) {
            for (int i = 0; i < 200; i++) {
                PolicyClient client = connect();
                clients.add(client);
                client.send(i % 2 == 0 ? "\n\n" : "request=half");
            }
            assertThat(good.ask(Requests.rcpt(LISTED))).startsWith("action=554 ");
        } finally {
            for (PolicyClient client : clients) {
                client.close();
            }
        }
    }
}
