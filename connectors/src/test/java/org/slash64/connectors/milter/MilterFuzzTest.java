package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.milter.Observed.MessageSeen;

/** Any bytes from a mail server: memory stays bounded and is given back, and only a message that ended in order is refused. */
class MilterFuzzTest {

    private static final Answer REJECT = new Answer.Reject(new Answer.Reply(550, "5.7.1", "slash64: no"));
    private static final Frame NEGOTIATE = Frame.negotiate(MailServer.ACTIONS, MailServer.STEPS);
    private static final int MAX_PIECE = 61;

    static Stream<byte[]> seeds() {
        List<Frame> message = List.of(
                NEGOTIATE,
                Frame.macros('C', "j", "mx.example.net", "{daemon_name}", "smtpd"),
                Frame.connect("mail.example.org", '6', 25, "2001:db8::1"),
                Frame.of('H', "mail.example.org"),
                Frame.of('M', "<a@example.org>", "SIZE=10"),
                Frame.of('R', "<b@example.net>"),
                Frame.of('T'),
                Frame.of('L', "From", " A <a@example.org>"),
                Frame.of('L', "Authentication-Results", " mx.example.net; spf=pass"),
                Frame.of('L', "DKIM-Signature", " v=1; a=rsa-sha256; d=example.org; s=s; h=from; bh=AA==;\n b=AA=="),
                Frame.of('N'),
                Frame.body("Hello\r\n"),
                Frame.of('E'),
                Frame.of('M', "<>"),
                Frame.of('A'),
                Frame.of('K'),
                Frame.connect("localhost", 'L', 0, "local"),
                Frame.of('Q'));
        return Stream.of(
                Frame.bytes(message),
                Frame.bytes(message.subList(0, 13)),
                Frame.bytes(List.of(Frame.negotiate(0, 0), Frame.connect("x", '4', 1, "192.0.2.1"))),
                new byte[] {0, 0, 0, 0, 'O'});
    }

    @MethodSource("seeds")
    @FuzzTest
    void converse(byte[] bytes) throws IOException {
        List<Observed> seen = new ArrayList<>();
        FedMilter milter = new FedMilter(Milters.settings(Mode.ENFORCE), Milters.answering(REJECT), seen::add);
        milter.feed(bytes, 1 + bytes.length % MAX_PIECE);
        assertThat(milter.heldBytes()).isBetween(0L, FedMilter.MAX_HELD);
        milter.end();
        assertThat(milter.heldBytes()).isZero();
        long refused = milter.answers().stream()
                .filter(answer -> answer.command() == 'y')
                .count();
        assertThat(seen.stream().filter(MessageSeen.class::isInstance).count()).isEqualTo(refused);
        assertThat(seen.toString().chars().anyMatch(Character::isISOControl)).isFalse();
    }
}
