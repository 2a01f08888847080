package org.slash64.topology.correlate;

import java.time.Instant;
import java.util.List;
import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/**
 * What correlation keeps between two lines. A value that was got may be changed by the caller, and counts as changed only
 * once it was put. All lists are in any order. One thread at a time.
 */
public interface CorrelationState {

    /** The host's clock and counts, or null where the host is new. */
    HostState host(String host);

    void putHost(HostState host);

    /** Forgets a host for which nothing else is kept. */
    void removeHost(String host);

    /** Names of all hosts. */
    List<String> hosts();

    /** The session in this place, ended or not, or null. */
    OpenSession session(SessionKey key);

    void putSession(OpenSession session);

    void removeSession(SessionKey key);

    /** The host's sessions whose lastSeen is not after the limit. */
    List<OpenSession> sessionsUnseenSince(String host, Instant limit);

    /** The message that has the queue id, or null. */
    OpenMessage message(MessageKey key);

    void putMessage(OpenMessage message);

    void removeMessage(MessageKey key);

    /** The host's messages whose lastSeen is not after the limit. */
    List<OpenMessage> messagesUnseenSince(String host, Instant limit);

    /** What is known of the Message-ID, or null. */
    KnownMessageId messageId(String host, String messageId);

    void putMessageId(KnownMessageId known);

    void removeMessageId(String host, String messageId);

    /** The host's Message-IDs whose lastSeen is not after the limit. */
    List<KnownMessageId> messageIdsUnseenSince(String host, Instant limit);

    /**
     * Remembers the id of an event.
     *
     * @param second UTC second of the event, the same whenever the same event comes again
     * @return false where it was remembered already
     */
    boolean remember(String host, long second, String id);

    /**
     * Forgets ids of events from before the given UTC second, the oldest first.
     *
     * @return how many, at most {@code atMost}
     */
    int forgetBefore(String host, long second, int atMost);
}
