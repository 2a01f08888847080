package org.slash64.connectors.policy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.slash64.connectors.socket.Conversation;
import org.slash64.connectors.socket.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an smtpd: requests and replies in turn. Nothing is read while a request is being judged, so that what
 * is kept is no more than one read brings and a request that has begun.
 */
final class PolicyConversation implements Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyConversation.class);
    private static final byte[] NOTHING = {};

    private final Peer peer;
    private final Judge judge;
    private final PolicyLimits limits;
    private final PolicyStatistics statistics;
    private final LastChecked last = new LastChecked();

    /** What came and was not read yet, and how much of it is known to hold no end of a request. */
    private byte[] kept = NOTHING;

    private int searched;

    /** When the request began whose end has not come. */
    private long began;

    private boolean judging;
    private boolean ended;

    PolicyConversation(Peer peer, Judge judge, PolicyLimits limits, PolicyStatistics statistics) {
        this.peer = peer;
        this.judge = judge;
        this.limits = limits;
        this.statistics = statistics;
    }

    @Override
    public void received(ByteBuffer bytes) {
        long now = System.nanoTime();
        if (kept.length == 0) {
            began = now;
        }
        if (kept.length == 0 && bytes.hasArray()) { // most often a whole request, which needs no copy
            int offset = bytes.arrayOffset();
            goOn(bytes.array(), offset + bytes.position(), offset + bytes.limit());
        } else {
            byte[] all = Arrays.copyOf(kept, kept.length + bytes.remaining());
            bytes.get(all, kept.length, bytes.remaining());
            goOn(all, 0, all.length);
        }
        if (kept.length > 0 && !judging && now - began > limits.stalled().toNanos()) {
            cutOff("a request takes too long");
        }
    }

    /** Takes the requests that are there, up to the first that is not answered at once, and keeps the rest. */
    private void goOn(byte[] bytes, int from, int to) {
        try {
            int start = from;
            int end = endOfRequest(bytes, start, start + searched, to);
            for (int taken = 0; end >= 0; taken++) {
                if (taken == PolicyLimits.MAX_PIPELINED) {
                    throw new BrokenRequestException("too many requests without waiting for replies");
                }
                take(PolicyRequest.parse(bytes, start, end));
                start = end + 1;
                end = judging ? -1 : endOfRequest(bytes, start, start, to);
            }
            keep(bytes, start, to, start > from);
        } catch (BrokenRequestException e) {
            cutOff(e.getMessage());
        }
    }

    /** The place of the empty line that ends the request; -1 where there is none yet. */
    private static int endOfRequest(byte[] bytes, int start, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == '\n' && (at == start || bytes[at - 1] == '\n')) {
                return at;
            }
        }
        return -1;
    }

    private void keep(byte[] bytes, int start, int to, boolean another) throws BrokenRequestException {
        if (!judging && to - start >= PolicyLimits.MAX_REQUEST) {
            throw new BrokenRequestException("a request is too long");
        }
        kept = start == to ? NOTHING : Arrays.copyOfRange(bytes, start, to);
        searched = judging ? 0 : kept.length;
        if (another) {
            began = System.nanoTime();
        }
    }

    private void take(PolicyRequest request) {
        CompletableFuture<byte[]> reply = judge.reply(request, last);
        if (reply.isDone()) {
            peer.send(ByteBuffer.wrap(reply.join()));
        } else {
            judging = true;
            peer.pause();
            CompletableFuture<Void> unused = reply.thenAcceptAsync(this::answered, peer);
        }
    }

    private void answered(byte[] reply) {
        if (!ended) {
            judging = false;
            peer.send(ByteBuffer.wrap(reply));
            peer.resume();
            goOn(kept, 0, kept.length);
        }
    }

    /** Without a reply, upon which Postfix says 451 4.3.5, or what smtpd_policy_service_default_action says. */
    private void cutOff(String why) {
        statistics.broken();
        LOG.debug("A policy client is cut off: {}", why);
        kept = NOTHING;
        searched = 0;
        peer.hangUp();
    }

    @Override
    public void ended() {
        ended = true;
    }
}
