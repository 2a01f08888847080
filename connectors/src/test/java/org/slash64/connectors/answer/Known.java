package org.slash64.connectors.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;

/** Knowledge that records come to as from the topics. */
public final class Known {

    public static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Knowledge knowledge;

    /** Knows nothing, and that is all up to {@link #NOW}. */
    public Known() {
        this(new Knowledge(List.of()));
    }

    Known(Knowledge knowledge) {
        this.knowledge = knowledge;
        knowledge.caughtUp(NOW);
    }

    public Knowledge knowledge() {
        return knowledge;
    }

    public Known list(String subject) {
        return list(subject, NOW.plus(Duration.ofHours(1)));
    }

    Known list(String subject, Instant expires) {
        Listing listing = new Listing(subject, "41 <rejections> for good", null, null, 1, NOW, expires, false);
        knowledge.take(Topics.BLOCKLIST.name(), subject, listing);
        return this;
    }

    Known delist(String subject) {
        knowledge.take(Topics.BLOCKLIST.name(), subject, null);
        return this;
    }

    public Known allow(String subject) {
        knowledge.take(Topics.ALLOWLIST.name(), subject, new AllowEntry(subject, "", "", NOW));
        return this;
    }

    Known disallow(String subject) {
        knowledge.take(Topics.ALLOWLIST.name(), subject, null);
        return this;
    }

    public Known limit(String subject, String rule, LimitAction action) {
        return limit(subject, rule, action, true);
    }

    Known release(String subject, String rule) {
        return limit(subject, rule, LimitAction.DEFER, false);
    }

    private Known limit(String subject, String rule, LimitAction action, boolean limited) {
        Instant until = NOW.plus(Duration.ofMinutes(1));
        LimitDecision decision = new LimitDecision(
                subject, rule, action, "messages", 100L, "PT1M", 10L, limited, NOW, until, 500L, false);
        knowledge.take(Topics.PREFIX_LIMITS.name(), subject + " " + rule, decision);
        return this;
    }

    public Known rate(String domain, Standing standing) {
        DomainReputation reputation = new DomainReputation(
                domain, standing, 0.9, 0.8, 0.95, 0.85, 90.0, 10.0, 100L, 100L, 0L, 3L, NOW, NOW, NOW);
        knowledge.take(Topics.DOMAIN_REPUTATION.name(), domain, reputation);
        return this;
    }
}
