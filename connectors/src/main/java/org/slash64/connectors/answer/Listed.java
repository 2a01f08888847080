package org.slash64.connectors.answer;

import org.slash64.schemas.Subject;

/**
 * A listing in force.
 *
 * @param subject what is listed: the prefix that holds a client, a domain or one above it
 * @param reason why, in one sentence
 * @param expires event time, milliseconds since 1970
 */
public record Listed(Subject subject, String reason, long expires) {}
