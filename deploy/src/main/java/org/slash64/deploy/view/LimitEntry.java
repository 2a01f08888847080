package org.slash64.deploy.view;

import java.time.Instant;
import java.util.Locale;
import org.slash64.schemas.LimitDecision;

/**
 * A limit that is or was in force, for people.
 *
 * @param action defer, reject, mark or list
 * @param period ISO 8601
 * @param peak the highest rate, in events per period
 */
public record LimitEntry(
        String subject,
        String rule,
        String action,
        String metric,
        long maximum,
        String period,
        boolean limited,
        Instant since,
        Instant until,
        long peak,
        boolean provisional) {

    /** Of a record. */
    public static LimitEntry of(LimitDecision limit) {
        return new LimitEntry(
                limit.getSubject(),
                limit.getRule(),
                limit.getAction().name().toLowerCase(Locale.ROOT),
                limit.getMetric(),
                limit.getMaximum(),
                limit.getPeriod(),
                limit.getLimited(),
                limit.getSince(),
                limit.getUntil(),
                limit.getPeak(),
                limit.getProvisional());
    }
}
