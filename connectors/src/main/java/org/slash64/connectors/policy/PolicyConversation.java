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
        byte[] all = Arrays.copyOf(kept, kept.length + bytes.remaining());
        bytes.get(all, kept.length, bytes.remaining());
        kept = all;
        goOn();
        if (kept.length > 0 && !judging && now - began > limits.stalled().toNanos()) {
            cutOff("a request takes too long");
        }
    }

    /** Takes the requests that are there, up to the first that is not answered at once. */
    private void goOn() {
        try {
            int start = 0;
            int end = endOfRequest(0, searched);
            for (int taken = 0; end >= 0; taken++) {
                if (taken == PolicyLimits.MAX_PIPELINED) {
                    throw new BrokenRequestException("too many requests without waiting for replies");
                }
                take(PolicyRequest.parse(kept, start, end));
                start = end + 1;
                end = judging ? -1 : endOfRequest(start, start);
            }
            keepFrom(start);
        } catch (BrokenRequestException e) {
            cutOff(e.getMessage());
        }
    }

    /** The place of the empty line that ends the request; -1 where there is none yet. */
    private int endOfRequest(int start, int from) {
        for (int at = from; at < kept.length; at++) {
            if (kept[at] == '\n' && (at == start || kept[at - 1] == '\n')) {
                return at;
            }
        }
        return -1;
    }

    private void keepFrom(int start) throws BrokenRequestException {
        if (!judging && kept.length - start >= PolicyLimits.MAX_REQUEST) {
            throw new BrokenRequestException("a request is too long");
        }
        if (start > 0) {
            kept = start == kept.length ? NOTHING : Arrays.copyOfRange(kept, start, kept.length);
            began = System.nanoTime();
        }
        searched = judging ? 0 : kept.length;
    }

    private void take(PolicyRequest request) {
        CompletableFuture<byte[]> reply = judge.reply(request);
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
            goOn();
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
