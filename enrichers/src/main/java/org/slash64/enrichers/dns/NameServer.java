package org.slash64.enrichers.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.WireParseException;
import org.xbill.DNS.io.IoClientFactory;

/** One server: a question as a message to it, over UDP and, where the answer does not fit, over TCP. Any thread. */
final class NameServer {
    /** DNS Flag Day 2020: the answer that passes unfragmented nearly everywhere. */
    private static final int EDNS_PAYLOAD = 1232;
    /** RFC 1035 section 4.2.1. */
    private static final int PAYLOAD_WITHOUT_EDNS = 512;

    private static final int TRUNCATED = 0x02;

    private final InetSocketAddress address;
    private final IoClientFactory transport;

    NameServer(InetSocketAddress address, IoClientFactory transport) {
        this.address = address;
        this.transport = transport;
    }

    /**
     * Asks.
     *
     * @param edns whether the query has an OPT record
     * @param timeout for the answer, TCP after truncation included
     * @return a response to this question; or a {@link SocketTimeoutException}, or a {@link WireParseException} for one
     *     that is malformed or does not match, or any other {@link IOException}
     */
    CompletionStage<Message> ask(Record question, boolean edns, Duration timeout) {
        Message query = Message.newQuery(question);
        if (edns) {
            query.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0), Section.ADDITIONAL);
        }
        byte[] wire = query.toWire(Message.MAXLENGTH);
        long deadline = System.nanoTime() + timeout.toNanos();
        return transport
                .createOrGetUdpClient()
                .sendAndReceiveUdp(null, address, query, wire, edns ? EDNS_PAYLOAD : PAYLOAD_WITHOUT_EDNS, timeout)
                .thenCompose(answer -> isTruncated(answer)
                        ? overTcp(query, wire, deadline - System.nanoTime())
                        : CompletableFuture.completedFuture(answer))
                .thenApply(answer -> read(query, answer));
    }

    private static boolean isTruncated(byte[] answer) {
        return answer.length >= Header.LENGTH && (answer[2] & TRUNCATED) != 0;
    }

    private CompletableFuture<byte[]> overTcp(Message query, byte[] wire, long nanosLeft) {
        Duration left = Duration.ofNanos(Math.max(1, nanosLeft));
        return transport.createOrGetTcpClient().sendAndReceiveTcp(null, address, query, wire, left);
    }

    private static Message read(Message query, byte[] answer) {
        try {
            Message response = new Message(answer);
            if (!matches(query, response)) {
                throw new WireParseException("not to this question");
            }
            return response;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** RFC 5452 section 9.1, the transport's part apart; a response over TCP is as good as its question. */
    private static boolean matches(Message query, Message response) {
        return response.getHeader().getID() == query.getHeader().getID()
                && response.getHeader().getFlag(Flags.QR)
                && query.getQuestion().equals(response.getQuestion());
    }
}
