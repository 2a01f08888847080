package org.slash64.deploy.http;

import java.util.Optional;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Feedback;

/** Where what people decide is written. */
public interface Orders {

    /**
     * Writes feedback; returns when it is kept.
     *
     * @throws Refusal where it cannot be written now
     */
    void send(Feedback feedback);

    /**
     * Writes an entry of the allowlist, or removes it; returns when that is kept.
     *
     * @throws Refusal likewise
     */
    void allow(String subject, Optional<AllowEntry> entry);
}
