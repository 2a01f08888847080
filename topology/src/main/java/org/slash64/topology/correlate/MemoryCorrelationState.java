package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/** State in memory, for one run over a log. */
public final class MemoryCorrelationState implements CorrelationState {

    private final Map<String, OfHost> hosts = new LinkedHashMap<>();

    /** The host that was asked for last; the lines of a log come from few. */
    private String last;

    private OfHost ofLast;

    private static final class OfHost {
        HostState state;
        final Map<SessionKey, OpenSession> sessions = new HashMap<>();
        final Map<String, OpenMessage> messages = new HashMap<>();
        final Map<String, KnownMessageId> messageIds = new HashMap<>();
        final TreeMap<Long, IdSet> ids = new TreeMap<>();
    }

    private OfHost of(String host) {
        if (!host.equals(last)) {
            ofLast = hosts.computeIfAbsent(host, name -> new OfHost());
            last = host;
        }
        return ofLast;
    }

    @Override
    public HostState host(String host) {
        OfHost known = host.equals(last) ? ofLast : hosts.get(host);
        return known == null ? null : known.state;
    }

    @Override
    public void putHost(HostState host) {
        of(host.getHost()).state = host;
    }

    @Override
    public void removeHost(String host) {
        hosts.remove(host);
        last = null;
        ofLast = null;
    }

    @Override
    public List<String> hosts() {
        return hosts.values().stream().map(host -> host.state.getHost()).toList();
    }

    @Override
    public OpenSession session(SessionKey key) {
        return of(key.host()).sessions.get(key);
    }

    @Override
    public void putSession(OpenSession session) {
        of(session.getHost()).sessions.put(SessionKey.of(session), session);
    }

    @Override
    public void removeSession(SessionKey key) {
        of(key.host()).sessions.remove(key);
    }

    @Override
    public List<OpenSession> sessionsUnseenSince(String host, Instant limit) {
        return of(host).sessions.values().stream()
                .filter(session -> !session.getLastSeen().isAfter(limit))
                .toList();
    }

    @Override
    public OpenMessage message(MessageKey key) {
        return of(key.host()).messages.get(key.queueId());
    }

    @Override
    public void putMessage(OpenMessage message) {
        of(message.getHost()).messages.put(message.getQueueId(), message);
    }

    @Override
    public void removeMessage(MessageKey key) {
        of(key.host()).messages.remove(key.queueId());
    }

    @Override
    public List<OpenMessage> messagesUnseenSince(String host, Instant limit) {
        return of(host).messages.values().stream()
                .filter(message -> !message.getLastSeen().isAfter(limit))
                .toList();
    }

    @Override
    public KnownMessageId messageId(String host, String messageId) {
        return of(host).messageIds.get(messageId);
    }

    @Override
    public void putMessageId(KnownMessageId known) {
        of(known.getHost()).messageIds.put(known.getMessageId(), known);
    }

    @Override
    public void removeMessageId(String host, String messageId) {
        of(host).messageIds.remove(messageId);
    }

    @Override
    public List<KnownMessageId> messageIdsUnseenSince(String host, Instant limit) {
        return of(host).messageIds.values().stream()
                .filter(known -> !known.getLastSeen().isAfter(limit))
                .toList();
    }

    @Override
    public boolean remember(String host, long second, String id) {
        return of(host).ids.computeIfAbsent(second, any -> new IdSet()).add(id);
    }

    @Override
    public int forgetBefore(String host, long second, int atMost) {
        Iterator<IdSet> seconds = of(host).ids.headMap(second).values().iterator();
        int forgotten = 0;
        while (forgotten < atMost && seconds.hasNext()) {
            IdSet ids = seconds.next();
            forgotten += ids.removeFirst(atMost - forgotten);
            if (ids.isEmpty()) {
                seconds.remove();
            }
        }
        return forgotten;
    }
}
