package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.milter.Observed.MessageSeen;
import org.slash64.connectors.milter.Observed.SessionSeen;
import org.slash64.connectors.socket.ServerLimits;
import org.slash64.schemas.Address;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MilterTest {

    private static final String IPV6 = "2001:db8:a:1::25";
    private static final String[] HEADERS = {
        "From: News <news@lists.example.org>",
        "Reply-To: reply@example.com",
        "Sender: <owner@example.org>",
        "Message-ID: <1@example.org>"
    };

    private final Seen seen = new Seen();

    private Milter milter(Mode mode, Decision decision) throws IOException {
        return Milter.start(Milters.settings(mode), decision, seen, Milters.CLOCK);
    }

    @Test
    void observe_message_isSeenAndLetPass() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6, HEADERS))
                    .extracting(Frame::toString)
                    .containsExactly("c");
            MessageSeen message = seen.message();
            assertThat(message.opinion()).isEmpty();
            assertThat(message.given()).isEqualTo(new Answer.NoOpinion());
            assertMessage(message.message());
        }
    }

    private static void assertMessage(Message message) {
        assertThat(message.session().host()).contains("mx.example.net");
        assertThat(message.session().daemon()).contains("smtpd");
        assertThat(message.session().daemonPort()).isEqualTo(25);
        assertThat(message.session().client()).isEqualTo(Address.parse(IPV6));
        assertThat(message.session().port()).isEqualTo(4711);
        assertThat(message.session().clientName()).isEmpty();
        assertThat(message.session().helo()).contains("mail.example.org");
        assertThat(message.session().tlsVersion()).contains("TLSv1.3");
        assertThat(message.time()).isEqualTo(Milters.NOW);
        assertThat(message.queueId()).contains("4XyZ");
        assertThat(message.saslMethod()).isEmpty();
        assertThat(message.mailFrom()).isEqualTo("news@example.org");
        assertThat(message.recipients()).containsExactly("user@example.net");
        assertThat(message.recipientCount()).isEqualTo(1);
        assertThat(message.messageId()).contains("1@example.org");
        assertThat(message.fromDomains()).containsExactly("lists.example.org");
        assertThat(message.replyToDomains()).containsExactly("example.com");
        assertThat(message.senderDomains()).containsExactly("example.org");
        assertThat(message.dkim().signatures()).isEmpty();
        assertThat(message.dkim().fromFields()).isEqualTo(1);
        assertThat(message.size())
                .isEqualTo(Math.addExact(String.join("\r\n", HEADERS).length(), 2 + 2 + 7));
    }

    @Test
    void observe_asksForNoChangesAndNoRepliesButAtTheEnd() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.agreed().integer(0)).isEqualTo(6);
            assertThat(server.agreed().integer(4)).isEqualTo(Negotiated.CHOOSE_MACROS);
            assertThat(server.agreed().integer(8)).isEqualTo(0x1ff380);
        }
    }

    @Test
    void oldMailServer_thatOffersNothing_isAnsweredAtEachStep() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE, Milters.answering(new Answer.Mark("X-slash64", "mark")));
                MailServer server = MailServer.silent(milter.address())) {
            server.send(Frame.negotiate(0, 0));
            assertThat(server.receive().payload()).hasSize(12);
            server.client("192.0.2.1");
            assertThat(server.receive().command()).isEqualTo('c');
            assertThat(server.receive().command()).isEqualTo('c');
            server.send(Frame.of('M', "<>"), Frame.of('R', "<a@example.net>"), Frame.of('T'), Frame.of('N'));
            for (int i = 0; i < 4; i++) {
                assertThat(server.receive().command()).isEqualTo('c');
            }
            server.send(Frame.of('E'));
            assertThat(server.verdict()).extracting(Frame::toString).containsExactly("c");
            assertThat(seen.message().message().mailFrom()).isEmpty();
        }
    }

    @Test
    void severalMessagesOfASession_areSeenApart_andThenTheSession() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            server.message(IPV6, HEADERS);
            server.send(Frame.of('M', "<gone@example.org>"), Frame.of('A'));
            server.nextMessage("From: other@example.com");
            server.send(Frame.of('Q'));
            assertThat(seen.message().message().number()).isEqualTo(1);
            Message second = seen.message().message();
            assertThat(second.number()).isEqualTo(2);
            assertThat(second.messageId()).isEmpty();
            assertThat(second.fromDomains()).containsExactly("example.com");
            SessionSeen session = seen.session();
            assertThat(session.messages()).isEqualTo(2);
            assertThat(session.aborted()).isEqualTo(1);
            assertThat(session.session().id()).isEqualTo(second.session().id()).matches("[0-9a-f]{32}");
            server.assertEnded();
        }
    }

    @Test
    void connectionUsedAgain_forgetsTheClientBefore() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            server.client(IPV6);
            server.send(Frame.of('K'), new Frame('C', Frame.texts("localhost", "")));
            server.assertEnded(); // a family is missing
            assertThat(seen.session().session().client()).isEqualTo(Address.parse(IPV6));
            assertThat(seen.isEmpty()).isTrue();
        }
    }

    @Test
    void localClient_hasNoAddress() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            server.send(Frame.connect("localhost", 'L', 0, "local"), Frame.of('H', "localhost"));
            server.nextMessage();
            assertThat(seen.message().message().session().client()).isEmpty();
        }
    }

    @Test
    void enforce_reject_isSaidWithPercentSignsDoubled() throws Exception {
        Answer reject = new Answer.Reject(new Answer.Reply(550, "5.7.1", "slash64: listed, see https://e.org/?s=%3A"));
        try (Milter milter = milter(Mode.ENFORCE, Milters.answering(reject));
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6))
                    .extracting(Frame::toString)
                    .containsExactly("y550 5.7.1 slash64: listed, see https://e.org/?s=%%3A|");
            assertThat(seen.message().given()).isEqualTo(reject);
            assertThat(milter.statistics().rejected()).isEqualTo(1);
        }
    }

    @Test
    void enforce_421_isForIpv6ClientsAlone() throws Exception {
        Answer tryIpv4 = new Answer.TryIpv4(new Answer.Reply(421, "4.7.26", "slash64: come over IPv4"));
        try (Milter milter = milter(Mode.ENFORCE, Milters.answering(tryIpv4));
                MailServer ofIpv6 = MailServer.connect(milter.address());
                MailServer ofIpv4 = MailServer.connect(milter.address())) {
            assertThat(ofIpv6.message(IPV6))
                    .extracting(Frame::toString)
                    .containsExactly("y421 4.7.26 slash64: come over IPv4|");
            assertThat(ofIpv4.message("192.0.2.1")).last().hasToString("c");
        }
    }

    @Test
    void enforce_markAndResults_areAddedAboveAndForgedOnesRemovedFromBelow() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE, Milters.answering(new Answer.Mark("X-slash64", "no-ptr")));
                MailServer server = MailServer.connect(milter.address())) {
            List<Frame> frames = server.message(
                    IPV6,
                    "Authentication-Results: mx.example.net; spf=pass",
                    "Authentication-Results: other.example; spf=pass",
                    "authentication-results:\n (a comment) \"MX.example.NET\" 1; dkim=pass",
                    "X-Slash64: trust me");
            assertThat(frames).extracting(Frame::command).containsExactly('m', 'm', 'm', 'i', 'i', 'c');
            assertThat(frames.get(0).toString()).endsWith("X-Slash64||");
            assertThat(frames.get(1).integer(0)).isEqualTo(3);
            assertThat(frames.get(2).integer(0)).isEqualTo(1);
            assertThat(frames.get(2).toString()).endsWith("Authentication-Results||");
            assertThat(frames.get(3).toString())
                    .endsWith("Authentication-Results| mx.example.net;\n\tiprev=pass policy.iprev=\"" + IPV6
                            + "\";\n\tspf=pass smtp.mailfrom=example.org;\n\tspf=none smtp.helo=mail.example.org;"
                            + "\n\tdkim=none|");
            assertThat(frames.get(4).toString()).endsWith("X-slash64| no-ptr|");
        }
    }

    @Test
    void enforce_quarantine_isAskedForAndTheMessageAccepted() throws Exception {
        Answer quarantine = new Answer.Quarantine(new Answer.Reply(550, "5.7.1", "slash64: odd"));
        try (Milter milter = milter(Mode.ENFORCE, Milters.answering(quarantine));
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6)).extracting(Frame::command).containsExactly('i', 'q', 'c');
            assertThat(milter.statistics().quarantined()).isEqualTo(1);
        }
    }

    @Test
    void dryRun_saysWhatItWouldDo_andAccepts() throws Exception {
        Answer reject = new Answer.Reject(new Answer.Reply(550, "5.7.1", "slash64: listed"));
        try (Milter milter = milter(Mode.DRY_RUN, Milters.answering(reject));
                MailServer server = MailServer.connect(milter.address())) {
            List<Frame> frames = server.message(IPV6);
            assertThat(frames).extracting(Frame::command).containsExactly('i', 'i', 'c');
            assertThat(frames.get(1).toString())
                    .endsWith("X-slash64| dry-run; would answer 550 5.7.1 slash64: listed|");
            MessageSeen message = seen.message();
            assertThat(message.given()).isInstanceOf(Answer.Mark.class);
            assertThat(message.opinion().orElseThrow().answer()).isEqualTo(reject);
        }
    }

    @Test
    void decisionThatNeverComes_letsMailPass() throws Exception {
        try (Milter milter = milter(Mode.ENFORCE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6)).extracting(Frame::toString).containsExactly("c");
            assertThat(seen.message().opinion().map(Opinion::basis)).contains(Opinion.Basis.FAILED);
            assertThat(milter.statistics().failedOpen()).isEqualTo(1);
        }
    }

    @Test
    void decisionThatFails_letsMailPass() throws Exception {
        Decision failing = message -> {
            throw new IllegalStateException("broken");
        };
        try (Milter milter = milter(Mode.ENFORCE, failing);
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6)).extracting(Frame::toString).containsExactly("c");
            assertThat(milter.statistics().failedOpen()).isEqualTo(1);
        }
    }

    @Test
    void fullObservations_letMailPass_andAreCounted() throws Exception {
        try (Milter milter = Milter.start(
                        Milters.settings(Mode.OBSERVE), Milters.undecided(), observed -> false, Milters.CLOCK);
                MailServer server = MailServer.connect(milter.address())) {
            assertThat(server.message(IPV6)).extracting(Frame::toString).containsExactly("c");
            assertThat(milter.statistics().unobserved()).isEqualTo(1);
        }
    }

    @Test
    void recipientsBeyondTheLimit_areCountedOnly() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            server.client(IPV6);
            server.send(Frame.of('M', "<a@example.org>"));
            List<Frame> recipients = IntStream.range(0, 150)
                    .mapToObj(i -> Frame.of('R', "<user" + i + "@example.net>"))
                    .collect(Collectors.toList());
            server.sendBytes(Frame.bytes(recipients));
            server.send(Frame.of('N'), Frame.of('E'));
            server.verdict();
            Message message = seen.message().message();
            assertThat(message.recipients()).hasSize(Envelope.MAX_KEPT);
            assertThat(message.recipientCount()).isEqualTo(150);
        }
    }

    @Test
    void connectionsBeyondTheLimit_areEndedAsTheyCome() throws Exception {
        ServerLimits one = new ServerLimits(1, Duration.ofMinutes(1));
        try (Milter milter =
                        Milter.start(Milters.settings(Mode.OBSERVE, one), Milters.undecided(), seen, Milters.CLOCK);
                MailServer first = MailServer.connect(milter.address());
                MailServer second = MailServer.silent(milter.address())) {
            second.assertEnded();
            assertThat(first.message(IPV6)).extracting(Frame::toString).containsExactly("c");
            assertThat(milter.statistics().connections().refused()).isEqualTo(1);
        }
    }

    @Test
    void silentConnection_isEnded() throws Exception {
        ServerLimits impatient = new ServerLimits(4, Duration.ofMillis(50));
        try (Milter milter = Milter.start(
                        Milters.settings(Mode.OBSERVE, impatient), Milters.undecided(), seen, Milters.CLOCK);
                MailServer server = MailServer.connect(milter.address())) {
            server.assertEnded();
            assertThat(milter.statistics().connections().idle()).isEqualTo(1);
        }
    }

    @Test
    void sasl_isTold() throws Exception {
        try (Milter milter = milter(Mode.OBSERVE, Milters.undecided());
                MailServer server = MailServer.connect(milter.address())) {
            server.client(IPV6);
            server.send(
                    Frame.macros('M', "{auth_type}", "PLAIN", "{auth_authen}", "user"),
                    Frame.of('M', "<a@example.org>"),
                    Frame.of('N'),
                    Frame.of('E'));
            server.verdict();
            Message first = seen.message().message();
            assertThat(first.saslMethod()).contains("PLAIN");
            assertThat(first.saslUser()).contains("user");
            server.nextMessage();
            assertThat(seen.message().message().saslUser()).isEqualTo(Optional.empty());
        }
    }
}
