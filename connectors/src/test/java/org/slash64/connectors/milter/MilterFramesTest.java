package org.slash64.connectors.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Mode;

/** Whatever a mail server sends, a milter that would refuse everything says nothing that refuses, unless a message ended in order. */
class MilterFramesTest {

    private static final Answer REJECT = new Answer.Reject(new Answer.Reply(550, "5.7.1", "slash64: no"));
    private static final Frame NEGOTIATE = Frame.negotiate(MailServer.ACTIONS, MailServer.STEPS);
    private static final Frame CONNECT = Frame.connect("mail.example.org", '6', 25, "IPv6:2001:db8::1");
    private static final List<Frame> MESSAGE = List.of(
            NEGOTIATE,
            Frame.macros('C', "j", "mx.example.net"),
            CONNECT,
            Frame.of('H', "mail.example.org"),
            Frame.of('M', "<a@example.org>"),
            Frame.of('R', "<b@example.net>"),
            Frame.of('L', "Subject", " hello\n there"),
            Frame.of('N'),
            Frame.body("Hello\r\n"),
            Frame.of('E'));

    private final List<Observed> seen = new ArrayList<>();
    private final FedMilter milter =
            new FedMilter(Milters.settings(Mode.ENFORCE), Milters.answering(REJECT), seen::add);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    void message_inPiecesOfAnySize_isTheSame(int pieceSize) throws Exception {
        milter.feed(Frame.bytes(MESSAGE), pieceSize);
        assertThat(milter.answers()).extracting(Frame::command).containsExactly('O', 'y');
        assertThat(milter.hasHungUp()).isFalse();
        milter.end();
        assertThat(seen).hasSize(2);
        assertThat(milter.heldBytes()).isZero();
    }

    @Test
    void message_cutAnywhere_refusesNothing() throws Exception {
        byte[] whole = Frame.bytes(MESSAGE);
        for (int length = 0; length < whole.length; length++) {
            FedMilter cut = new FedMilter(Milters.settings(Mode.ENFORCE), Milters.answering(REJECT), seen::add);
            ByteArrayOutputStream begun = new ByteArrayOutputStream();
            begun.write(whole, 0, length);
            cut.feed(begun.toByteArray(), whole.length);
            cut.end();
            assertNothingRefused(cut);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameReader.MAX_FRAME + 1})
    void frame_ofImpossibleLength_endsTheConnection(int length) throws Exception {
        milter.feed(NEGOTIATE.bytes(), 100);
        milter.feed(ByteBuffer.allocate(5).putInt(length).put((byte) 'L').array(), 100);
        assertThat(milter.hasHungUp()).isTrue();
        assertThat(milter.answers()).extracting(Frame::command).containsExactly('O');
    }

    @Test
    void frame_announcedLongAndNeverCome_takesNoMemory() {
        milter.feed(Frame.bytes(MESSAGE.subList(0, 6)), 100);
        milter.feed(
                ByteBuffer.allocate(5)
                        .putInt(FrameReader.MAX_FRAME)
                        .put((byte) 'L')
                        .array(),
                100);
        assertThat(milter.hasHungUp()).isFalse();
        assertThat(milter.heldBytes()).isZero();
    }

    static Stream<List<Frame>> outOfOrder() {
        return Stream.of(
                List.of(CONNECT),
                List.of(Frame.of('Q'), NEGOTIATE),
                List.of(Frame.of('A')),
                List.of(NEGOTIATE, NEGOTIATE),
                List.of(NEGOTIATE, Frame.of('M', "<a@example.org>")),
                List.of(NEGOTIATE, Frame.of('H', "x")),
                List.of(NEGOTIATE, CONNECT, CONNECT),
                List.of(NEGOTIATE, CONNECT, Frame.of('R', "<a@example.org>")),
                List.of(NEGOTIATE, CONNECT, Frame.of('L', "From", " a@example.org")),
                List.of(NEGOTIATE, CONNECT, Frame.body("x")),
                List.of(NEGOTIATE, CONNECT, Frame.of('E')),
                List.of(NEGOTIATE, CONNECT, Frame.of('M', "<a@example.org>"), Frame.of('E')),
                List.of(NEGOTIATE, CONNECT, Frame.of('M', "<a@example.org>"), Frame.body("x")),
                List.of(NEGOTIATE, CONNECT, Frame.of('M')),
                List.of(NEGOTIATE, new Frame('C', new byte[] {'x'})),
                List.of(NEGOTIATE, Frame.connect("x", '9', 25, "2001:db8::1")),
                List.of(NEGOTIATE, new Frame('D', new byte[0])),
                List.of(NEGOTIATE, new Frame('D', new byte[] {'C', 'j'})),
                List.of(NEGOTIATE, Frame.of('z')),
                List.of(new Frame('O', new byte[11])),
                List.of(new Frame('O', new byte[12])));
    }

    @ParameterizedTest
    @MethodSource("outOfOrder")
    void frames_outOfOrderOrBroken_endTheConnectionAndRefuseNothing(List<Frame> frames) throws Exception {
        milter.feed(Frame.bytes(frames), 1_000);
        assertThat(milter.hasHungUp()).isTrue();
        milter.end();
        assertNothingRefused(milter);
        assertThat(milter.heldBytes()).isZero();
    }

    @Test
    void commandBeforeTheAnswer_endsTheConnection() throws Exception {
        List<Frame> frames = new ArrayList<>(MESSAGE);
        frames.add(Frame.of('M', "<again@example.org>"));
        milter.feed(Frame.bytes(frames), 100_000);
        assertThat(milter.hasHungUp()).isTrue();
    }

    @Test
    void endlessHeader_endsTheConnectionAtTheLimitOfAll() {
        milter.feed(Frame.bytes(MESSAGE.subList(0, 6)), 100);
        byte[] header = Frame.of('L', "Authentication-Results", " mx.example.net; spf=pass")
                .bytes();
        for (int i = 0; i < 100_000 && !milter.hasHungUp(); i++) {
            milter.feed(header, 1_000);
            assertThat(milter.heldBytes()).isLessThanOrEqualTo(FedMilter.MAX_HELD);
        }
        assertThat(milter.hasHungUp()).isTrue();
        milter.end();
        assertThat(milter.heldBytes()).isZero();
    }

    @Test
    void headerLongerThanDkimTakes_isHeldNoLonger() {
        milter.feed(Frame.bytes(MESSAGE.subList(0, 6)), 100);
        byte[] header = Frame.of('L', "Subject", "x".repeat(100_000)).bytes();
        for (int i = 0; i < 200; i++) {
            milter.feed(header, 64_000);
        }
        assertThat(milter.hasHungUp()).isFalse();
        assertThat(milter.heldBytes()).isLessThan(FedMilter.MAX_HELD / 2);
    }

    private static void assertNothingRefused(FedMilter milter) throws Exception {
        assertThat(milter.answers()).extracting(Frame::command).isSubsetOf('O', 'c');
    }
}
