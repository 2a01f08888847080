package org.slash64.connectors.milter;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slash64.connectors.answer.Answer;
import org.slash64.connectors.answer.Mode;
import org.slash64.connectors.answer.Opinion;
import org.slash64.connectors.milter.Observed.MessageSeen;
import org.slash64.connectors.milter.Observed.SessionSeen;
import org.slash64.connectors.socket.Conversation;
import org.slash64.connectors.socket.Peer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a mail server: the order of commands, and what each adds to session and message. What does not fit ends the
 * connection, and the mail server goes on without a milter.
 */
final class MilterConversation implements Conversation, FrameReader.Frames {

    private static final Logger LOG = LoggerFactory.getLogger(MilterConversation.class);

    /** What a conversation needs of its milter. */
    record Context(
            MilterSettings settings,
            Decision decision,
            Observations observations,
            Tally tally,
            HeldBytes held,
            Clock clock) {}

    private enum State {
        NEW,
        NEGOTIATED,
        CONNECTED,
        ENVELOPE,
        HEADER,
        BODY,
        DECIDING,
        OVER
    }

    private final Context context;
    private final Peer peer;
    private final FrameReader reader;
    private final Replies replies = new Replies();
    private final Macros macros = new Macros();
    private State state = State.NEW;
    private Negotiated negotiated;
    private SessionFacts session;
    private Envelope envelope;
    private Content content;
    private int messages;
    private int aborted;
    private boolean over;

    MilterConversation(Context context, Peer peer) {
        this.context = context;
        this.peer = peer;
        this.reader = new FrameReader(context.held(), this);
    }

    @Override
    public void received(ByteBuffer bytes) {
        try {
            reader.accept(bytes);
        } catch (MilterProtocolException e) {
            LOG.warn("A connection of a mail server was ended: {}", e.getMessage());
            context.tally().brokenOff();
            peer.hangUp();
        }
        flush();
    }

    private void flush() {
        if (!replies.isEmpty()) {
            peer.send(replies.take());
        }
    }

    @Override
    public boolean isWaiting() {
        return state == State.DECIDING || state == State.OVER;
    }

    @Override
    public void frame(Command command, Payload payload) throws MilterProtocolException {
        switch (command) {
            case NEGOTIATE -> negotiate(payload);
            case MACROS -> takeMacros(payload);
            case CONNECT -> connect(payload);
            case HELO -> helo(payload);
            case MAIL -> mail(payload);
            case RECIPIENT -> recipient(payload);
            case HEADER -> header(payload);
            case END_OF_HEADER -> endHeader();
            case END_OF_MESSAGE -> endMessage();
            case ABORT -> abort();
            case QUIT_AND_REUSE -> reuse();
            case QUIT -> quit();
            case BODY -> require(State.BODY);
            case DATA -> require(State.ENVELOPE);
            case UNKNOWN_COMMAND -> forbid(State.NEW);
        }
        if (negotiated != null && negotiated.isAnswered(command)) {
            replies.goOn();
        }
    }

    @Override
    public void body(byte[] bytes, int offset, int length) throws MilterProtocolException {
        require(State.BODY);
        content.body(bytes, offset, length);
    }

    private void require(State... fitting) throws MilterProtocolException {
        for (State one : fitting) {
            if (state == one) {
                return;
            }
        }
        throw new MilterProtocolException("a command out of order, in the state " + state);
    }

    private void forbid(State unfitting) throws MilterProtocolException {
        if (state == unfitting) {
            throw new MilterProtocolException("a command before the negotiation");
        }
    }

    private void negotiate(Payload payload) throws MilterProtocolException {
        require(State.NEW);
        negotiated = Negotiated.with(payload, context.settings().mode());
        replies.negotiate(negotiated);
        state = State.NEGOTIATED;
    }

    private void takeMacros(Payload payload) throws MilterProtocolException {
        forbid(State.NEW);
        macros.take(payload);
    }

    private void connect(Payload payload) throws MilterProtocolException {
        require(State.NEGOTIATED);
        session = new SessionFacts(Client.of(payload), context.clock().instant());
        state = State.CONNECTED;
    }

    private void helo(Payload payload) throws MilterProtocolException {
        require(State.CONNECTED, State.ENVELOPE);
        abort();
        session.helo(payload.safeText());
    }

    private void mail(Payload payload) throws MilterProtocolException {
        require(State.CONNECTED, State.ENVELOPE);
        dropMessage();
        envelope = new Envelope(payload, context.clock().instant());
        state = State.ENVELOPE;
    }

    private void recipient(Payload payload) throws MilterProtocolException {
        require(State.ENVELOPE);
        envelope.recipient(payload);
    }

    private void header(Payload payload) throws MilterProtocolException {
        require(State.ENVELOPE, State.HEADER);
        beginContent();
        content.header(payload);
    }

    private void beginContent() {
        if (state == State.ENVELOPE) {
            content = new Content(context.held(), negotiated.keepsLeadingSpace(), forged());
            state = State.HEADER;
        }
    }

    private Optional<Forged> forged() {
        boolean mayChange = context.settings().mode() != Mode.OBSERVE;
        return mayChange ? Optional.of(new Forged(context.settings().serverId())) : Optional.empty();
    }

    private void endHeader() throws MilterProtocolException {
        require(State.ENVELOPE, State.HEADER);
        beginContent();
        content.endHeader();
        state = State.BODY;
    }

    private void endMessage() throws MilterProtocolException {
        require(State.BODY);
        messages++;
        Message message = message();
        Optional<Forged> forged = content.forged();
        release();
        if (context.settings().mode() == Mode.OBSERVE) {
            finish(message, Optional.empty(), forged);
        } else {
            decide(message, forged);
        }
    }

    private Message message() {
        Identities identities = content.identities();
        return new Message(
                session.session(macros),
                messages,
                envelope.started(),
                context.clock().instant(),
                macros.get(Macros.QUEUE_ID),
                envelope.sender(),
                envelope.recipients(),
                envelope.count(),
                macros.get(Macros.SASL_METHOD),
                macros.get(Macros.SASL_USER),
                identities.messageId(),
                content.size(),
                identities.fromDomains(),
                identities.replyToDomains(),
                identities.senderDomains(),
                content.finish());
    }

    /** The answer may come from another thread, and not at all. */
    private void decide(Message message, Optional<Forged> forged) {
        state = State.DECIDING;
        peer.pause();
        CompletableFuture<Void> unused = opinion(message)
                .exceptionally(failure -> {
                    LOG.error("A message was let pass because deciding on it failed", failure);
                    return Opinion.failed();
                })
                .thenAccept(opinion -> peer.execute(() -> answer(message, opinion, forged)));
    }

    private CompletableFuture<Opinion> opinion(Message message) {
        try {
            return context.decision()
                    .decide(message)
                    .copy()
                    .completeOnTimeout(
                            Opinion.failed(), context.settings().patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (RuntimeException e) { // a mistake of ours; mail must flow
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answer(Message message, Opinion opinion, Optional<Forged> forged) {
        finish(message, Optional.of(opinion), forged);
        peer.resume();
        flush();
    }

    private void finish(Message message, Optional<Opinion> opinion, Optional<Forged> forged) {
        Answer given = over || opinion.isEmpty()
                ? goOn()
                : new Reaction(context.settings(), negotiated, replies).tell(message, opinion.get(), forged);
        opinion.map(Opinion::basis).ifPresent(context.tally()::basis);
        context.tally().message(given);
        observe(new MessageSeen(message, opinion, given));
        macros.forgetMessage();
        state = State.CONNECTED;
    }

    private Answer goOn() {
        replies.goOn();
        return new Answer.NoOpinion();
    }

    private void observe(Observed observed) {
        if (!context.observations().offer(observed)) {
            context.tally().unobserved();
        }
    }

    private void abort() throws MilterProtocolException {
        forbid(State.NEW);
        dropMessage();
        macros.forgetMessage();
    }

    /** Not its macros: those of the next one may be here already. */
    private void dropMessage() {
        if (envelope != null) {
            aborted++;
            context.tally().aborted();
            release();
            state = State.CONNECTED;
        }
    }

    private void release() {
        if (content != null) {
            content.release();
        }
        content = null;
        envelope = null;
    }

    /** The mail server keeps the connection for its next client. */
    private void reuse() throws MilterProtocolException {
        forbid(State.NEW);
        endSession();
        macros.forgetAll();
        state = State.NEGOTIATED;
    }

    private void quit() {
        state = State.OVER;
        peer.hangUp();
    }

    private void endSession() {
        dropMessage();
        if (session != null) {
            observe(new SessionSeen(session.session(macros), context.clock().instant(), messages, aborted));
        }
        session = null;
        messages = 0;
        aborted = 0;
    }

    @Override
    public void ended() {
        over = true;
        reader.release();
        endSession();
    }
}
