package org.slash64.deploy.view;

import java.time.Instant;
import org.slash64.schemas.AllowEntry;

/** An entry of the allowlist, for people: what, why, and who entered it when. */
public record Allowance(String subject, String comment, String by, Instant at) {

    /** Of a record. */
    public static Allowance of(AllowEntry entry) {
        return new Allowance(entry.getSubject(), entry.getComment(), entry.getBy(), entry.getAt());
    }
}
