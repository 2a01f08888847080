package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/** State in memory, for one run over a log. */
public final class MemoryCorrelationState implements CorrelationState {

    private final Map<String, OfHost> hosts = new HashMap<>();

    private static final class OfHost {
        HostState state;
        final Map<SessionKey, OpenSession> sessions = new HashMap<>();
        final Map<String, OpenMessage> messages = new HashMap<>();
        final TreeMap<Long, Set<String>> ids = new TreeMap<>();
    }

    private OfHost of(String host) {
        return hosts.computeIfAbsent(host, name -> new OfHost());
    }

    @Override
    public HostState host(String host) {
        return of(host).state;
    }

    @Override
    public void putHost(HostState host) {
        of(host.getHost()).state = host;
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
    public boolean remember(String host, long second, String id) {
        return of(host).ids.computeIfAbsent(second, any -> new HashSet<>()).add(id);
    }

    @Override
    public int forgetBefore(String host, long second, int atMost) {
        Iterator<Set<String>> seconds = of(host).ids.headMap(second).values().iterator();
        int forgotten = 0;
        while (forgotten < atMost && seconds.hasNext()) {
            Set<String> ids = seconds.next();
            forgotten += forgetSome(ids, atMost - forgotten);
            if (ids.isEmpty()) {
                seconds.remove();
            }
        }
        return forgotten;
    }

    private static int forgetSome(Set<String> ids, int atMost) {
        List<String> going = ids.stream().sorted().limit(atMost).toList();
        going.forEach(ids::remove);
        return going.size();
    }
}
