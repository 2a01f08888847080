package org.slash64.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(20)
class ZoneServerIT {
    private static final int RECEIVE_TIMEOUT_MILLIS = 10_000;

    private static final String ZONE = """
            $TTL 300
            $ORIGIN test.
            @ IN SOA ns hostmaster 1 7200 900 604800 60
            mail IN A 192.0.2.1
            $GENERATE 1-100 big IN A 198.51.100.$
            """;

    private ZoneServer server;
    private DatagramSocket socket;

    @BeforeEach
    void start() throws IOException {
        server = ZoneServer.start(ZoneData.parse(ZONE), 0);
        socket = new DatagramSocket();
        socket.setSoTimeout(RECEIVE_TIMEOUT_MILLIS);
        socket.connect(server.address());
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.close();
    }

    private static Message question(String name, int type) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    }

    private Message exchange(byte[] query) throws IOException {
        socket.send(new DatagramPacket(query, query.length));
        DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(answer);
        return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    private Message ask(String name, int type) throws IOException {
        return exchange(question(name, type).toWire());
    }

    @Test
    void ask_overUdp_isAnswered() throws IOException {
        Message answer = ask("mail.test.", Type.A);
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(server.queries()).isEqualTo(1);
    }

    @Test
    void ask_severalAtOnceOverTcp_areAnsweredInOrder() throws IOException {
        try (Socket tcp = new Socket(server.address().getAddress(), server.port())) {
            DataOutputStream out = new DataOutputStream(tcp.getOutputStream());
            for (String name : new String[] {"mail.test.", "big.test.", "none.test."}) {
                byte[] query = question(name, Type.A).toWire();
                out.writeShort(query.length);
                out.write(query, 0, 5);
                out.flush();
                out.write(query, 5, query.length - 5);
            }
            tcp.shutdownOutput();
            DataInputStream in = new DataInputStream(tcp.getInputStream());
            assertThat(framed(in).getSection(Section.ANSWER)).hasSize(1);
            assertThat(framed(in).getSection(Section.ANSWER)).hasSize(100);
            assertThat(framed(in).getRcode()).isEqualTo(Rcode.NXDOMAIN);
            assertThat(in.read()).isEqualTo(-1);
        }
        assertThat(server.tcpQueries()).isEqualTo(3);
    }

    private static Message framed(DataInputStream in) throws IOException {
        return new Message(in.readNBytes(in.readUnsignedShort()));
    }

    @Test
    void ask_longAnswerWithoutEdns_isTruncated() throws IOException {
        Message answer = ask("big.test.", Type.A);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.numBytes()).isLessThanOrEqualTo(512);
    }

    @Test
    void ask_longAnswerWithEdns_isWhole() throws IOException {
        Message query = question("big.test.", Type.A);
        query.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
        Message answer = exchange(query.toWire());
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(answer.getSection(Section.ANSWER)).hasSize(100);
        assertThat(answer.getOPT()).isNotNull();
    }

    @Test
    void ask_laterEdnsVersion_isBadvers() throws IOException {
        Message query = question("mail.test.", Type.A);
        query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
        assertThat(exchange(query.toWire()).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void ask_transfer_isRefused() throws IOException {
        assertThat(ask("test.", Type.AXFR).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void ask_severalQuestions_isFormatError() throws IOException {
        Message query = question("mail.test.", Type.A);
        query.addRecord(Record.newRecord(Name.fromString("b.test."), Type.A, DClass.IN), Section.QUESTION);
        assertThat(exchange(query.toWire()).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void ask_endsInQuestion_isFormatError() throws IOException {
        byte[] cut = Arrays.copyOf(question("mail.test.", Type.A).toWire(), Header.LENGTH + 3);
        assertThat(exchange(cut).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void serve_hostileMessages_goesOn() throws IOException {
        Random random = new Random(64);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            socket.send(new DatagramPacket(noise, noise.length));
            try (DatagramSocket other = new DatagramSocket()) {
                other.send(new DatagramPacket(noise, noise.length, server.address()));
            }
        }
        try (Socket tcp = new Socket(server.address().getAddress(), server.port())) {
            tcp.getOutputStream().write(new byte[] {-1, -1, 1, 2, 3});
        }
        try (DatagramSocket fresh = new DatagramSocket()) {
            socket.close();
            socket = fresh;
            fresh.setSoTimeout(RECEIVE_TIMEOUT_MILLIS);
            fresh.connect(server.address());
            assertThat(ask("mail.test.", Type.A).getSection(Section.ANSWER)).hasSize(1);
        }
    }

    @Test
    void serve_otherData_answersFromIt() throws IOException {
        server.serve(ZoneData.parse("$TTL 5\nmail.test. A 192.0.2.9\n"));
        assertThat(ask("mail.test.", Type.A).getSection(Section.ANSWER).get(0).rdataToString())
                .isEqualTo("192.0.2.9");
    }

    @Test
    void start_portInUse_saysSo() {
        assertThatThrownBy(() -> ZoneServer.start(ZoneData.of(List.of()), server.port()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @Test
    void heal_endsFaults() throws IOException {
        server.injectAll(Fault.refused());
        server.inject(Name.fromString("mail.test."), Fault.servfail());
        assertThat(ask("mail.test.", Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        assertThat(ask("big.test.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
        server.heal();
        assertThat(ask("mail.test.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    }
}
