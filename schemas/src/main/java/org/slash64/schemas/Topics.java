package org.slash64.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.schemas.state.FilePosition;

/** All topics of slash64, each declared once. */
public final class Topics {
    private static final int PARTITIONS = 4;

    /** One partition keeps the lines of a file in order; a cluster whose shippers set keys can have more. */
    private static final int LOG_PARTITIONS = 1;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration YEAR = Duration.ofDays(365);

    /** Topics whose keys start with a prefix; all levels of a network are on one partition. */
    private static final Set<String> BY_NETWORK =
            Set.of("prefix.counts", "prefix.limits", "blocklist", "blocklist.history", "fallback.senders");

    /** Log lines, bare or in a shipper's JSON envelope. */
    public static final Topic<byte[]> SMTP_LOG = new Topic<>(
            "smtp.log", "the shipper's own", false, Optional.empty(), LOG_PARTITIONS, new Retention.For(DAY));

    /** What mail servers saw. */
    public static final Topic<SmtpEvent> SMTP_EVENTS =
            avro("smtp.events", "connection id", SmtpEvent.class, new Retention.For(WEEK));

    /** Events with everything that enrichment found. */
    public static final Topic<SmtpVerdict> SMTP_VERDICTS =
            avro("smtp.verdicts", "connection id", SmtpVerdict.class, new Retention.For(MONTH));

    /** What people, traps and content filters said afterwards. */
    public static final Topic<Feedback> SMTP_FEEDBACK =
            avro("smtp.feedback", "event id, domain or prefix", Feedback.class, new Retention.For(MONTH));

    /** Sums per prefix and window. */
    public static final Topic<PrefixCount> PREFIX_COUNTS =
            avro("prefix.counts", "prefix and window", PrefixCount.class, new Retention.For(MONTH));

    /** Limits in force. */
    public static final Topic<LimitDecision> PREFIX_LIMITS =
            avro("prefix.limits", "prefix and rule", LimitDecision.class, new Retention.CompactedFor(DAY));

    /** The current listings; a tombstone delists. */
    public static final Topic<Listing> BLOCKLIST =
            avro("blocklist", "prefix or domain", Listing.class, new Retention.Compacted());

    /** Every change of a listing, with its evidence. */
    public static final Topic<ListingChange> BLOCKLIST_HISTORY =
            avro("blocklist.history", "prefix or domain", ListingChange.class, new Retention.For(YEAR));

    /** Reputation of authenticated domains. */
    public static final Topic<DomainReputation> DOMAIN_REPUTATION =
            avro("domain.reputation", "organisational domain", DomainReputation.class, new Retention.Compacted());

    /** What became of mail that was answered 421, and which senders are exempt from that. */
    public static final Topic<FallbackSender> FALLBACK_SENDERS =
            avro("fallback.senders", "the sender's /64", FallbackSender.class, new Retention.Compacted());

    /** What must not be listed. */
    public static final Topic<AllowEntry> ALLOWLIST =
            avro("allowlist", "prefix or domain", AllowEntry.class, new Retention.Compacted());

    /** What could not be read, as it came, with the reason in headers. */
    public static final Topic<byte[]> SMTP_DEAD_LETTER = new Topic<>(
            "smtp.dead-letter", "as it came", false, Optional.empty(), PARTITIONS, new Retention.For(MONTH));

    /** How far log files were read in; for slash64 itself. */
    public static final Topic<FilePosition> FILE_POSITIONS = avro(
            "slash64.file-positions", "hash of the file's first line", FilePosition.class, new Retention.Compacted());

    private static final List<Topic<?>> ALL = List.of(
            SMTP_LOG,
            SMTP_EVENTS,
            SMTP_VERDICTS,
            SMTP_FEEDBACK,
            PREFIX_COUNTS,
            PREFIX_LIMITS,
            BLOCKLIST,
            BLOCKLIST_HISTORY,
            DOMAIN_REPUTATION,
            FALLBACK_SENDERS,
            ALLOWLIST,
            SMTP_DEAD_LETTER,
            FILE_POSITIONS);

    private Topics() {}

    /** Every topic, in the order of the flow. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    private static <T extends SpecificRecord> Topic<T> avro(
            String name, String key, Class<T> value, Retention retention) {
        return new Topic<>(name, key, BY_NETWORK.contains(name), Optional.of(value), PARTITIONS, retention);
    }
}
