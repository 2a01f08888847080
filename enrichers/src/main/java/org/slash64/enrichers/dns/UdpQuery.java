package org.slash64.enrichers.dns;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Header;
import org.xbill.DNS.Rcode;

/**
 * A query in flight, as bytes. Before it is sent it gets an id of the transport's and, by chance, other letters of its
 * name become capitals (draft-vixie-dnsext-dns0x20): an answer that repeats them was made by somebody who saw the
 * query. The answer handed on has the id and the letters that were handed in.
 */
final class UdpQuery {
    /** What a datagram is to a query of the same id. */
    enum Match {
        ANSWER,
        /** The answer, but for the case of the letters. */
        WRONG_CASE,
        WRONG_QUESTION,
        MALFORMED
    }

    private static final int FLAGS = 2;
    private static final int RESPONSE = 0x80;
    private static final int TRUNCATED = 0x02;
    private static final int RCODE = 3;
    private static final int RCODE_MASK = 0x0f;
    private static final int QUESTION_COUNT = 4;
    /** QTYPE and QCLASS. */
    private static final int AFTER_NAME = 4;

    final InetSocketAddress server;
    final CompletableFuture<byte[]> answer = new CompletableFuture<>();

    private int id;
    private boolean caseVaried;

    private final byte[] handedIn;
    private final byte[] wire;
    private final int questionEnd;

    /**
     * Takes a query over.
     *
     * @param data a message with one question, its name not compressed; copied
     * @throws IllegalArgumentException when there is no such question
     */
    UdpQuery(InetSocketAddress server, byte[] data) {
        this.server = server;
        this.handedIn = data.clone();
        this.wire = data.clone();
        this.questionEnd = questionEnd(data);
    }

    private static int questionEnd(byte[] data) {
        int at = Header.LENGTH;
        while (at < data.length && data[at] > 0) {
            at += 1 + data[at];
        }
        int end = at + 1 + AFTER_NAME;
        if (at >= data.length || data[at] != 0 || end > data.length || questions(data) != 1) {
            throw new IllegalArgumentException("a query without its question");
        }
        return end;
    }

    private static int questions(byte[] message) {
        return sixteen(message, QUESTION_COUNT);
    }

    private static int sixteen(byte[] message, int at) {
        return ((message[at] & 0xff) << Byte.SIZE) | (message[at + 1] & 0xff);
    }

    /** The id of a datagram, which must be at least two bytes long. */
    static int id(byte[] message) {
        return sixteen(message, 0);
    }

    void setId(int newId) {
        id = newId;
        wire[0] = (byte) (newId >> Byte.SIZE);
        wire[1] = (byte) newId;
    }

    int id() {
        return id;
    }

    byte[] wire() {
        return wire;
    }

    /** Turns about half of the letters of the name into the other case. */
    void varyCase(RandomBits random) {
        for (int at = Header.LENGTH; at < questionEnd - AFTER_NAME; at++) {
            if (isLetter(wire[at]) && random.one()) {
                wire[at] ^= 0x20;
                caseVaried = true;
            }
        }
    }

    /** Whether any letter goes out in other case than it was handed in. */
    boolean isCaseVaried() {
        return caseVaried;
    }

    /** A length of a label is 63 at most, and so no letter. */
    private static boolean isLetter(byte octet) {
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    /** Compares all but the id with a datagram that has a header at least. */
    Match match(byte[] message) {
        if ((message[FLAGS] & RESPONSE) == 0) {
            return Match.MALFORMED;
        }
        if (isBareRefusal(message)) {
            return Match.ANSWER;
        }
        if (questions(message) != 1 || message.length < questionEnd) {
            return Match.MALFORMED;
        }
        if (Arrays.equals(message, Header.LENGTH, questionEnd, wire, Header.LENGTH, questionEnd)) {
            return Match.ANSWER;
        }
        return equalsIgnoringCase(message) ? Match.WRONG_CASE : Match.WRONG_QUESTION;
    }

    /** Servers that could not read the question repeat none. */
    private static boolean isBareRefusal(byte[] message) {
        int rcode = message[RCODE] & RCODE_MASK;
        return questions(message) == 0 && (rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP);
    }

    private boolean equalsIgnoringCase(byte[] message) {
        int nameEnd = questionEnd - AFTER_NAME;
        for (int at = Header.LENGTH; at < nameEnd; at++) {
            if (lower(message[at]) != lower(wire[at])) {
                return false;
            }
        }
        return Arrays.equals(message, nameEnd, questionEnd, wire, nameEnd, questionEnd);
    }

    private static int lower(byte octet) {
        return isLetter(octet) ? octet | 0x20 : octet;
    }

    /** A matching datagram with the id and the question that were handed in. */
    byte[] restore(byte[] message) {
        if (isBareRefusal(message)) {
            return bare(message[FLAGS], message[RCODE]);
        }
        copyHandedIn(message);
        return message;
    }

    /** In place of an answer that is not to be believed: the question with the TC flag, to be asked over TCP. */
    byte[] truncated() {
        return bare((byte) (RESPONSE | TRUNCATED), (byte) Rcode.NOERROR);
    }

    private byte[] bare(byte flags, byte rcode) {
        byte[] message = new byte[questionEnd];
        message[FLAGS] = flags;
        message[RCODE] = rcode;
        message[QUESTION_COUNT + 1] = 1;
        copyHandedIn(message);
        return message;
    }

    private void copyHandedIn(byte[] message) {
        System.arraycopy(handedIn, 0, message, 0, FLAGS);
        System.arraycopy(handedIn, Header.LENGTH, message, Header.LENGTH, questionEnd - Header.LENGTH);
    }
}
