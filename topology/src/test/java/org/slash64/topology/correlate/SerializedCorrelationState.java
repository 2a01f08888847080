package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.registry.AvroSerde;
import org.slash64.schemas.registry.SchemaIds;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/** State that hands out copies and keeps copies, each through its bytes, as a store on disk does. */
final class SerializedCorrelationState implements CorrelationState, SchemaIds {

    private final MemoryCorrelationState kept = new MemoryCorrelationState();

    private final List<Schema> schemas = new ArrayList<>();
    private final AvroSerde<HostState> hosts = AvroSerde.internal(HostState.class, this);
    private final AvroSerde<OpenSession> sessions = AvroSerde.internal(OpenSession.class, this);
    private final AvroSerde<KnownMessageId> messageIds = AvroSerde.internal(KnownMessageId.class, this);
    private final AvroSerde<OpenMessage> messages = AvroSerde.internal(OpenMessage.class, this);

    @Override
    public int register(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema);
    }

    @Override
    public Schema byId(int id) {
        return schemas.get(id);
    }

    private static <T extends SpecificRecord> T copy(AvroSerde<T> serde, T value) {
        String topic = "state";
        return serde.deserializer().deserialize(topic, serde.serializer().serialize(topic, value));
    }

    private OpenSession copy(OpenSession session) {
        return copy(sessions, session);
    }

    private OpenMessage copy(OpenMessage message) {
        return copy(messages, message);
    }

    @Override
    public HostState host(String host) {
        return copy(hosts, kept.host(host));
    }

    @Override
    public void removeHost(String host) {
        kept.removeHost(host);
    }

    @Override
    public List<String> hosts() {
        return kept.hosts();
    }

    @Override
    public KnownMessageId messageId(String host, String messageId) {
        return copy(messageIds, kept.messageId(host, messageId));
    }

    @Override
    public void putMessageId(KnownMessageId known) {
        kept.putMessageId(copy(messageIds, known));
    }

    @Override
    public void removeMessageId(String host, String messageId) {
        kept.removeMessageId(host, messageId);
    }

    @Override
    public List<KnownMessageId> messageIdsUnseenSince(String host, Instant limit) {
        return kept.messageIdsUnseenSince(host, limit).stream()
                .map(known -> copy(messageIds, known))
                .toList();
    }

    @Override
    public void putHost(HostState host) {
        kept.putHost(copy(hosts, host));
    }

    @Override
    public OpenSession session(SessionKey key) {
        return copy(kept.session(key));
    }

    @Override
    public void putSession(OpenSession session) {
        kept.putSession(copy(session));
    }

    @Override
    public void removeSession(SessionKey key) {
        kept.removeSession(key);
    }

    @Override
    public List<OpenSession> sessionsUnseenSince(String host, Instant limit) {
        return kept.sessionsUnseenSince(host, limit).stream().map(this::copy).toList();
    }

    @Override
    public OpenMessage message(MessageKey key) {
        return copy(kept.message(key));
    }

    @Override
    public void putMessage(OpenMessage message) {
        kept.putMessage(copy(message));
    }

    @Override
    public void removeMessage(MessageKey key) {
        kept.removeMessage(key);
    }

    @Override
    public List<OpenMessage> messagesUnseenSince(String host, Instant limit) {
        return kept.messagesUnseenSince(host, limit).stream().map(this::copy).toList();
    }

    @Override
    public boolean remember(String host, long second, String id) {
        return kept.remember(host, second, id);
    }

    @Override
    public int forgetBefore(String host, long second, int atMost) {
        return kept.forgetBefore(host, second, atMost);
    }
}
