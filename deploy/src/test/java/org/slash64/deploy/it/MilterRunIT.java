package org.slash64.deploy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.deploy.bench.Slash64Process;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.InlineVerdicts;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SpfIdentity;
import org.slash64.schemas.SpfResult;
import org.slash64.schemas.SpfVerdict;

/** The program as configured is a milter: a mail server's frames in, what it found out. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class MilterRunIT {

    private static final int EVERY_ACTION = 0x1ff;
    private static final int EVERY_STEP = 0x1fffff;

    @TempDir
    Path dir;

    @Test
    void messageFromAMailServer_isCheckedAndGivenAField() throws Exception {
        Path socket = dir.resolve("milter");
        Path config = Files.writeString(dir.resolve("slash64.yaml"), """
                milter:
                  listen: unix:%s
                  mode: dry-run
                  authserv-id: mx.example.net
                """.formatted(socket));
        try (SampleZone dns = SampleZone.serve();
                Slash64Process program =
                        Slash64Process.start(dns.run(dir.resolve("data"), "--config", config.toString()))) {
            program.awaitLine(line -> line.equals("Milter: unix:" + socket), Slash64Process.LONG);
            Endpoints endpoints = program.awaitEndpoints();
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                String answers = converse(channel);
                assertThat(answers)
                        .contains(
                                "Authentication-Results| mx.example.net;",
                                "iprev=",
                                "spf=none smtp.mailfrom=",
                                "dkim=none");
                send(channel, 'Q', new byte[0]);
            }
            Watch.awaitEvents(endpoints, 2);
            assertEvents(TopicContents.of(endpoints).eventsById().values());
            assertThat(program.isAlive()).isTrue();
        }
        assertThat(program(config)).contains("configuration ok");
    }

    /** No log tells of it, so what the milter saw are the events. */
    private static void assertEvents(Collection<SmtpEvent> events) {
        assertThat(events)
                .extracting(SmtpEvent::getKind)
                .containsExactlyInAnyOrder(EventKind.CONNECTION, EventKind.MESSAGE);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getMta()).isEqualTo("milter");
            assertThat(event.getClient()).isEqualTo("2001:db8:77::1");
            assertThat(event.getHelo()).isEqualTo("mail.nowhere.example");
        });
        assertThat(events)
                .filteredOn(event -> event.getKind() == EventKind.MESSAGE)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getMailFrom()).isEqualTo("someone@nowhere.example");
                    assertThat(event.getFromDomains()).containsExactly("nowhere.example");
                    assertThat(event.getDkim().getSignatures()).isEmpty();
                    assertVerdicts(event.getInlineVerdicts());
                });
    }

    private static void assertVerdicts(InlineVerdicts verdicts) {
        assertThat(verdicts.getFcrdns().getResult()).isEqualTo(FcrdnsResult.PERMERROR);
        assertThat(verdicts.getSpf())
                .extracting(SpfVerdict::getIdentity, SpfVerdict::getResult)
                .containsExactly(tuple(SpfIdentity.MAIL_FROM, SpfResult.NONE), tuple(SpfIdentity.HELO, SpfResult.NONE));
        assertThat(verdicts.getDkim()).isEmpty();
    }

    private String program(Path config) throws Exception {
        try (Slash64Process check = Slash64Process.start(List.of("run", "--check", "--config", config.toString()))) {
            assertThat(check.awaitExit(Slash64Process.LONG)).as(check.output()).isZero();
            return String.join("\n", check.out());
        }
    }

    /** All that the milter says at the end of a message. */
    private static String converse(SocketChannel channel) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
        send(
                channel,
                'O',
                ByteBuffer.allocate(12)
                        .putInt(6)
                        .putInt(EVERY_ACTION)
                        .putInt(EVERY_STEP)
                        .array());
        assertThat(read(in)).startsWith("O");
        send(channel, 'C', client());
        send(channel, 'H', text("mail.nowhere.example"));
        send(channel, 'M', text("<someone@nowhere.example>"));
        send(channel, 'R', text("<user@example.net>"));
        send(channel, 'L', text("From", " someone@nowhere.example"));
        send(channel, 'N', text());
        send(channel, 'E', "Hello\r\n".getBytes(StandardCharsets.US_ASCII));
        StringBuilder said = new StringBuilder();
        for (String frame = read(in); !frame.equals("c"); frame = read(in)) {
            said.append(frame).append('\n');
        }
        return said.toString();
    }

    private static byte[] client() {
        byte[] name = text("unknown");
        byte[] address = text("2001:db8:77::1");
        return ByteBuffer.allocate(name.length + 3 + address.length)
                .put(name)
                .put((byte) '6')
                .putShort((short) 25)
                .put(address)
                .array();
    }

    private static byte[] text(String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String text : texts) {
            bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    private static void send(SocketChannel channel, char command, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(5 + payload.length)
                .putInt(1 + payload.length)
                .put((byte) command)
                .put(payload)
                .flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** The command and its payload, whose zero bytes are bars. */
    private static String read(DataInputStream in) throws IOException {
        byte[] frame = in.readNBytes(in.readInt());
        return new String(frame, StandardCharsets.US_ASCII).replace('\0', '|');
    }
}
