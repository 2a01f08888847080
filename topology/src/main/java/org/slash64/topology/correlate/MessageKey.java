package org.slash64.topology.correlate;

import org.slash64.schemas.state.OpenMessage;

/** The place of a message: its queue id, which a host gives to one message at a time. */
public record MessageKey(String host, String queueId) {

    /** The place that the message is in. */
    public static MessageKey of(OpenMessage message) {
        return new MessageKey(message.getHost(), message.getQueueId());
    }
}
