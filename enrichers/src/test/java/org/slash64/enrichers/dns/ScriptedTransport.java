package org.slash64.enrichers.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/** Answers every UDP query with the next response of a list, made to match the query's id and question. */
final class ScriptedTransport implements IoClientFactory {
    private final List<Message> responses;
    private final List<String> asked = new ArrayList<>();
    private final List<Boolean> edns = new ArrayList<>();

    ScriptedTransport(Message... responses) {
        this.responses = new ArrayList<>(List.of(responses));
    }

    /** The names asked for, in order. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** Whether the queries had an OPT record, in order. */
    synchronized List<Boolean> edns() {
        return List.copyOf(edns);
    }

    /** A response with these records, written as in a master file without TTL; a {@code !} puts one in authority. */
    static Message response(int rcode, String... records) {
        Message message = new Message();
        message.getHeader().setFlag(Flags.QR);
        message.getHeader().setRcode(rcode);
        for (String record : records) {
            boolean authority = record.startsWith("!");
            message.addRecord(
                    parse(authority ? record.substring(1) : record), authority ? Section.AUTHORITY : Section.ANSWER);
        }
        return message;
    }

    private static Record parse(String record) {
        byte[] zone = ("$TTL 300\n" + record + "\n").getBytes(StandardCharsets.ISO_8859_1);
        try (Master master = new Master(new ByteArrayInputStream(zone), Name.root)) {
            return master.nextRecord();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this::answer;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return (local, remote, query, data, timeout) ->
                CompletableFuture.failedFuture(new IOException("no TCP in this test"));
    }

    private synchronized CompletableFuture<byte[]> answer(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, int max, Duration timeout) {
        asked.add(query.getQuestion().getName().toString());
        edns.add(query.getOPT() != null);
        if (responses.isEmpty()) {
            return CompletableFuture.failedFuture(new IOException("nothing more to say"));
        }
        Message response = responses.remove(0);
        response.getHeader().setID(query.getHeader().getID());
        Record question = query.getQuestion();
        response.addRecord(Record.newRecord(question.getName(), question.getType(), DClass.IN), Section.QUESTION);
        return CompletableFuture.completedFuture(response.toWire(Message.MAXLENGTH));
    }
}
