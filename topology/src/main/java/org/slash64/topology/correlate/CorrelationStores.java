package org.slash64.topology.correlate;

import org.slash64.schemas.state.HostState;
import org.slash64.schemas.state.KnownMessageId;
import org.slash64.schemas.state.OpenMessage;
import org.slash64.schemas.state.OpenSession;

/** Names of the stores that correlation keeps its state in. */
public final class CorrelationStores {

    /** {@link HostState} by host. */
    public static final String HOSTS = "log-hosts";

    /** Lines that wait to be put in order, by host and place. */
    public static final String LINES = "waiting-lines";

    /** {@link OpenSession} by host, service and session. */
    public static final String SESSIONS = "open-sessions";

    /** {@link OpenMessage} by host and queue id. */
    public static final String MESSAGES = "open-messages";

    /** {@link KnownMessageId} by host and Message-ID. */
    public static final String MESSAGE_IDS = "message-ids";

    /** Ids of events that were handed on, by host and second. */
    public static final String IDS = "event-ids";

    private CorrelationStores() {}
}
