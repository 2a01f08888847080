package org.slash64.connectors.answer;

import java.util.Optional;
import org.slash64.schemas.Subject;

/**
 * A ground that was found.
 *
 * @param subject what the link is about
 * @param words what was found, in words that are the client's to read
 */
record Found(Ground ground, Optional<Subject> subject, String words) {}
