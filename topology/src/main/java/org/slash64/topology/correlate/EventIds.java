package org.slash64.topology.correlate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of events and connections: the first half of the SHA-256 of the facts that every log format shares, so that the
 * same line gives the same id however it came. Not for use by several threads.
 */
final class EventIds {

    private static final int ID_BYTES = 16;
    private static final char SEPARATOR = '\n'; // in none of the facts: each is a part of one line

    private final MessageDigest digest;
    private final StringBuilder facts = new StringBuilder();

    EventIds() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The id as 32 hex digits.
     *
     * @param kind what it is the id of
     * @param session what the mail server calls the session, or its process id
     * @param second UTC second of the event
     * @param queueId null counts as empty
     * @param ordinal the ordinal among equals, from 0
     */
    String id(
            String kind,
            String host,
            String service,
            String session,
            long second,
            String client,
            String queueId,
            int ordinal) {
        facts.setLength(0);
        facts.append(kind).append(SEPARATOR).append(host).append(SEPARATOR);
        facts.append(service).append(SEPARATOR).append(session).append(SEPARATOR);
        facts.append(second).append(SEPARATOR).append(client).append(SEPARATOR);
        facts.append(queueId == null ? "" : queueId).append(SEPARATOR).append(ordinal);
        byte[] hash = digest.digest(facts.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }
}
