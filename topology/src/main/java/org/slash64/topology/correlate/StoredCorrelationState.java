package org.slash64.topology.correlate;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/** State in the stores of a stream task. Keys start with the host and a zero, so that a host's entries are together. */
final class StoredCorrelationState implements CorrelationState {

    private static final char SEPARATOR = '\0';
    private static final byte[] PRESENT = new byte[0];

    private final KeyValueStore<String, HostState> hosts;
    private final KeyValueStore<String, OpenSession> sessions;
    private final KeyValueStore<String, OpenMessage> messages;
    private final KeyValueStore<String, KnownMessageId> messageIds;
    private final KeyValueStore<Bytes, byte[]> ids;

    private StoredCorrelationState(
            KeyValueStore<String, HostState> hosts,
            KeyValueStore<String, OpenSession> sessions,
            KeyValueStore<String, OpenMessage> messages,
            KeyValueStore<String, KnownMessageId> messageIds,
            KeyValueStore<Bytes, byte[]> ids) {
        this.hosts = hosts;
        this.sessions = sessions;
        this.messages = messages;
        this.messageIds = messageIds;
        this.ids = ids;
    }

    static StoredCorrelationState of(ProcessorContext<?, ?> context) {
        return new StoredCorrelationState(
                context.getStateStore(CorrelationStores.HOSTS),
                context.getStateStore(CorrelationStores.SESSIONS),
                context.getStateStore(CorrelationStores.MESSAGES),
                context.getStateStore(CorrelationStores.MESSAGE_IDS),
                context.getStateStore(CorrelationStores.IDS));
    }

    private static String key(SessionKey key) {
        return key.host() + SEPARATOR + key.service() + SEPARATOR + key.session() + SEPARATOR + key.older();
    }

    private static String key(MessageKey key) {
        return key.host() + SEPARATOR + key.queueId();
    }

    @Override
    public HostState host(String host) {
        return hosts.get(host);
    }

    @Override
    public void putHost(HostState host) {
        hosts.put(host.getHost(), host);
    }

    @Override
    public void removeHost(String host) {
        hosts.delete(host);
    }

    @Override
    public List<String> hosts() {
        List<String> names = new ArrayList<>();
        try (KeyValueIterator<String, HostState> all = hosts.all()) {
            all.forEachRemaining(entry -> names.add(entry.key));
        }
        return names;
    }

    @Override
    public OpenSession session(SessionKey key) {
        return sessions.get(key(key));
    }

    @Override
    public void putSession(OpenSession session) {
        sessions.put(key(SessionKey.of(session)), session);
    }

    @Override
    public void removeSession(SessionKey key) {
        sessions.delete(key(key));
    }

    @Override
    public List<OpenSession> sessionsUnseenSince(String host, Instant limit) {
        return unseenSince(sessions, host, limit, OpenSession::getLastSeen);
    }

    @Override
    public OpenMessage message(MessageKey key) {
        return messages.get(key(key));
    }

    @Override
    public void putMessage(OpenMessage message) {
        messages.put(key(MessageKey.of(message)), message);
    }

    @Override
    public void removeMessage(MessageKey key) {
        messages.delete(key(key));
    }

    @Override
    public List<OpenMessage> messagesUnseenSince(String host, Instant limit) {
        return unseenSince(messages, host, limit, OpenMessage::getLastSeen);
    }

    @Override
    public KnownMessageId messageId(String host, String messageId) {
        return messageIds.get(host + SEPARATOR + messageId);
    }

    @Override
    public void putMessageId(KnownMessageId known) {
        messageIds.put(known.getHost() + SEPARATOR + known.getMessageId(), known);
    }

    @Override
    public void removeMessageId(String host, String messageId) {
        messageIds.delete(host + SEPARATOR + messageId);
    }

    @Override
    public List<KnownMessageId> messageIdsUnseenSince(String host, Instant limit) {
        return unseenSince(messageIds, host, limit, KnownMessageId::getLastSeen);
    }

    private static <T> List<T> unseenSince(
            KeyValueStore<String, T> store, String host, Instant limit, Function<T, Instant> lastSeen) {
        List<T> unseen = new ArrayList<>();
        try (KeyValueIterator<String, T> all = store.prefixScan(host + SEPARATOR, new StringSerializer())) {
            all.forEachRemaining(entry -> {
                if (!lastSeen.apply(entry.value).isAfter(limit)) {
                    unseen.add(entry.value);
                }
            });
        }
        return unseen;
    }

    @Override
    public boolean remember(String host, long second, String id) {
        return ids.putIfAbsent(idKey(host, second, id), PRESENT) == null;
    }

    @Override
    public int forgetBefore(String host, long second, int atMost) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all =
                ids.range(idKey(host, Long.MIN_VALUE, ""), idKey(host, second, ""))) {
            while (all.hasNext() && old.size() < atMost) {
                old.add(all.next().key);
            }
        }
        old.forEach(ids::delete);
        return old.size();
    }

    /** Host, zero, second with its sign bit turned so that bytes sort as numbers do, id. */
    private static Bytes idKey(String host, long second, String id) {
        byte[] hostBytes = host.getBytes(StandardCharsets.UTF_8);
        byte[] idBytes = id.getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(ByteBuffer.allocate(hostBytes.length + 1 + Long.BYTES + idBytes.length)
                .put(hostBytes)
                .put((byte) SEPARATOR)
                .putLong(second ^ Long.MIN_VALUE)
                .put(idBytes)
                .array());
    }
}
