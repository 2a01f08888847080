package org.slash64.enrichers.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A server that sends whatever a test likes over UDP; over TCP, on the same port, it answers well unless told. */
final class HostileServer implements AutoCloseable {
    /** The address in right answers. */
    static final String RIGHT = "192.0.2.1";
    /** The address in forged ones. */
    static final String FORGED = "192.0.2.66";

    /** From the bytes of a query to the datagrams sent back. */
    interface Script {
        List<byte[]> replies(byte[] query) throws IOException;
    }

    /** What is done with a TCP connection; it is closed afterwards. */
    interface TcpScript {
        void converse(Socket client, DataInputStream in, DataOutputStream out) throws IOException;
    }

    private interface Work {
        void run() throws IOException;
    }

    private final InetSocketAddress address;
    private final ServerSocket tcp;
    private final DatagramSocket udp;
    private final Script script;
    private final Queue<Integer> ports = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> queries = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tcpQueries = new AtomicInteger();
    private volatile TcpScript tcpScript = this::answerAll;

    HostileServer(Script script) throws IOException {
        this.script = script;
        this.tcp = new ServerSocket();
        tcp.bind(loopback(0));
        this.address = loopback(tcp.getLocalPort());
        this.udp = new DatagramSocket(address);
        start(this::serveUdp);
        start(this::serveTcp);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(DnsServers.parse("127.0.0.1").getAddress(), port);
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (SocketException | EOFException e) { // closed
                        return;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return address;
    }

    /** Source ports of the queries over UDP, in order. */
    List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** The queries over UDP, in order. */
    List<byte[]> queries() {
        return List.copyOf(queries);
    }

    int tcpQueries() {
        return tcpQueries.get();
    }

    /** Treats TCP connections so from now on. */
    void onTcp(TcpScript other) {
        tcpScript = other;
    }

    /** Treats TCP connections well from now on. */
    void onTcpAnswerAll() {
        tcpScript = this::answerAll;
    }

    /** Has the connection reset when it is closed. */
    static void resetOnClose(Socket client) throws IOException {
        client.setSoLinger(true, 0);
    }

    /** Sends from where no query went. */
    void sendFromElsewhere(byte[] datagram) throws IOException {
        try (DatagramSocket other = new DatagramSocket(loopback(0))) {
            Integer last = ports().get(ports().size() - 1);
            other.send(new DatagramPacket(datagram, datagram.length, loopback(last)));
        }
    }

    /** A right response with this address. */
    static byte[] answer(byte[] query, String address) throws IOException {
        Message message = new Message(query);
        message.getHeader().setFlag(Flags.QR);
        message.removeAllRecords(Section.ADDITIONAL);
        Name name = message.getQuestion().getName();
        message.addRecord(Record.fromString(name, Type.A, DClass.IN, 300, address, Name.root), Section.ANSWER);
        return message.toWire();
    }

    private void serveUdp() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[Message.MAXLENGTH], Message.MAXLENGTH);
        while (true) {
            udp.receive(packet);
            byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
            ports.add(packet.getPort());
            queries.add(query);
            for (byte[] reply : script.replies(query)) {
                udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            Socket client = tcp.accept();
            start(() -> converse(client));
        }
    }

    private void converse(Socket client) throws IOException {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            tcpScript.converse(client, in, out);
        }
    }

    private void answerAll(Socket client, DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            byte[] reply = answer(query(in), RIGHT);
            out.writeShort(reply.length);
            out.write(reply);
        }
    }

    /** The next query of a TCP connection. */
    byte[] query(DataInputStream in) throws IOException {
        byte[] query = in.readNBytes(in.readUnsignedShort());
        tcpQueries.incrementAndGet();
        return query;
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
