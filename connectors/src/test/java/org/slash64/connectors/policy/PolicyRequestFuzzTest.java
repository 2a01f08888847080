package org.slash64.connectors.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.slash64.connectors.answer.Answers;
import org.slash64.connectors.answer.InlineChecks;
import org.slash64.connectors.answer.Known;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Policy;
import org.slash64.connectors.socket.Peer;

/** Any bytes, in pieces of any size, get well-formed replies or none, the same however they are cut into pieces. */
class PolicyRequestFuzzTest {

    private static final Clock CLOCK = Clock.fixed(Known.NOW, ZoneOffset.UTC);

    private final Answers answers = new Answers(
            new Known().list("2001:db8:a:1::/64").knowledge(),
            new InlineChecks(new ScriptedDns(), Duration.ofSeconds(1), CLOCK),
            Policy.defaults(),
            (client, sender, now) -> true,
            CLOCK);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        Requests.rcpt("2001:db8:a:1::5").toString(),
                        Requests.rcpt("192.0.2.1") + ""
                                + Requests.rcpt("unknown").with("sender", ""),
                        "request=smtpd_access_policy\n\n\n\n",
                        "request=smtpd_access_policy\nequest=a\n\n\n",
                        "request=smtpd_access_policy\nserver_port=99999\nsender=\0\n\n")
                .map(text -> ("\7" + text).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes what is sent, and lets nothing be sent after the end. */
    private static final class Recorder implements Peer {

        private final StringBuilder replies = new StringBuilder();
        private boolean hungUp;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void send(ByteBuffer bytes) {
            assertThat(hungUp).isFalse();
            replies.append(StandardCharsets.ISO_8859_1.decode(bytes));
        }

        @Override
        public void pause() {
            // all answers are at hand
        }

        @Override
        public void resume() {
            // never paused
        }

        @Override
        public void hangUp() {
            hungUp = true;
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void received(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        int piece = (bytes[0] & 0xff) + 1;
        Recorder inPieces = replies(bytes, piece);
        Recorder whole = replies(bytes, bytes.length);
        assertWellFormed(inPieces);
        assertWellFormed(whole);
        assertThat(inPieces.hungUp || !whole.hungUp || bytes.length > PolicyLimits.MAX_PIPELINED)
                .isTrue();
        if (!whole.hungUp && !inPieces.hungUp) {
            assertThat(inPieces.replies).hasToString(whole.replies.toString());
        }
    }

    private Recorder replies(byte[] bytes, int piece) {
        Recorder peer = new Recorder();
        PolicyStatistics statistics = new PolicyStatistics();
        PolicyConversation conversation = new PolicyConversation(
                peer, new Judge(answers, Mode.ENFORCE, statistics), PolicyLimits.DEFAULTS, statistics);
        for (int at = 1; at < bytes.length && !peer.hungUp; at += piece) {
            conversation.received(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
        }
        conversation.ended();
        assertThat(statistics.brokenRequests()).isEqualTo(peer.hungUp ? 1 : 0);
        return peer;
    }

    private static void assertWellFormed(Recorder peer) {
        String replies = peer.replies.toString();
        if (!replies.isEmpty()) {
            assertThat(replies).endsWith("\n\n");
            for (String reply : replies.substring(0, replies.length() - 2).split("\n\n", -1)) {
                assertThat(reply).matches("action=(DUNNO|PREPEND|DEFER_IF_PERMIT|[45][0-9][0-9]) ?[ -~]*");
            }
        }
    }
}
