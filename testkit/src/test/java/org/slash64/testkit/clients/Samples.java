package org.slash64.testkit.clients;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Change;
import org.slash64.schemas.Claim;
import org.slash64.schemas.ClaimMethod;
import org.slash64.schemas.Counts;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.EventField;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.FallbackChange;
import org.slash64.schemas.FallbackSender;
import org.slash64.schemas.FcrdnsResult;
import org.slash64.schemas.FcrdnsVerdict;
import org.slash64.schemas.Feedback;
import org.slash64.schemas.FeedbackKind;
import org.slash64.schemas.LimitAction;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.Listing;
import org.slash64.schemas.ListingChange;
import org.slash64.schemas.MissingField;
import org.slash64.schemas.MissingReason;
import org.slash64.schemas.Outcome;
import org.slash64.schemas.PrefixCount;
import org.slash64.schemas.SessionEnd;
import org.slash64.schemas.SmtpEvent;
import org.slash64.schemas.SmtpVerdict;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;
import org.slash64.schemas.state.FilePosition;

/** Records of every topic, with every kind of field filled: enums, maps, arrays, nested records, absent values. */
final class Samples {
    private static final Instant AT = Instant.parse("2026-11-16T08:00:01.234Z");
    private static final Instant LATER = AT.plusSeconds(86_400);
    private static final String NETWORK = "2001:db8:1::/48";
    private static final String HALF = "2001:db8:1:2::/64";
    private static final String CONNECTION = "00112233445566778899aabbccddeeff";

    private Samples() {}

    static List<Sample<?>> ofEveryTopic() {
        return List.of(
                new Sample<>(Topics.SMTP_LOG, "mx1", text("Nov 16 08:00:01 mx1 postfix/smtpd[7]: \u00e9\0\u0001 x")),
                new Sample<>(Topics.SMTP_EVENTS, CONNECTION, connection()),
                new Sample<>(Topics.SMTP_EVENTS, CONNECTION, rejection()),
                new Sample<>(Topics.SMTP_VERDICTS, CONNECTION, verdict()),
                new Sample<>(Topics.SMTP_FEEDBACK, "example.org", feedback()),
                new Sample<>(Topics.PREFIX_COUNTS, HALF + "@PT1M@2026-11-16T08:00:00Z", count()),
                new Sample<>(Topics.PREFIX_LIMITS, HALF + " connections", limit()),
                new Sample<>(Topics.BLOCKLIST, NETWORK, listing()),
                new Sample<>(Topics.BLOCKLIST, HALF, null),
                new Sample<>(Topics.BLOCKLIST_HISTORY, NETWORK, change()),
                new Sample<>(Topics.DOMAIN_REPUTATION, "example.org", reputation()),
                new Sample<>(
                        Topics.FALLBACK_SENDERS,
                        "2001:db8:7:1::/64",
                        new FallbackSender(
                                "2001:db8:7:1::/64",
                                5L,
                                3L,
                                1L,
                                1L,
                                0L,
                                AT,
                                AT,
                                AT,
                                4_000L,
                                4_000L,
                                null,
                                FallbackChange.RETURNED,
                                4_000L)),
                new Sample<>(Topics.ALLOWLIST, "192.0.2.0/24", new AllowEntry("192.0.2.0/24", "ours", "ops", AT)),
                new Sample<>(Topics.SMTP_DEAD_LETTER, "mx1", new byte[] {0, 0, 0, 0, 1, -1, '\n', 127, -128}),
                new Sample<>(
                        Topics.FILE_POSITIONS, "ab12", new FilePosition("/var/log/mail.log", 5_000_000_000L, "cd")));
    }

    private static SmtpEvent.Builder event(EventKind kind) {
        return SmtpEvent.newBuilder()
                .setId("ffeeddccbbaa99887766554433221100")
                .setKind(kind)
                .setConnection(CONNECTION)
                .setTime(AT)
                .setCountedAt(AT)
                .setLate(false)
                .setMta("postfix")
                .setHost("mx1")
                .setService("smtpd")
                .setPid(4_000_000_007L)
                .setClient("2001:db8:1:2::25")
                .setClientName("mail.example.org");
    }

    private static SmtpEvent connection() {
        return event(EventKind.CONNECTION)
                .setEnd(SessionEnd.QUIT)
                .setDuration(1_250L)
                .setCommands(Map.of("ehlo", 1, "mail", 2))
                .setCommandsFailed(Map.of("rcpt", 1))
                .build();
    }

    private static SmtpEvent rejection() {
        return event(EventKind.REJECTION)
                .setStage("RCPT")
                .setReplyCode(550)
                .setEnhancedStatus("5.1.1")
                .setMailFrom("")
                .setRcptTo("nobody@example.net")
                .setReason("User unknown \u2013 \u540d\u524d")
                .setClaims(List.of(
                        new Claim("rspamd", ClaimMethod.DKIM, "pass", "example.org", "s1", null),
                        new Claim("rspamd", ClaimMethod.SPAM, "spam", null, null, 15.25)))
                .setSeen(List.of(EventField.STAGE, EventField.RCPT_TO))
                .setMissing(List.of(new MissingField(EventField.RCPT_TO, MissingReason.REDACTED)))
                .build();
    }

    private static SmtpVerdict verdict() {
        List<String> names = List.of("mail.example.org", "www.example.org");
        FcrdnsVerdict fcrdns =
                new FcrdnsVerdict(FcrdnsResult.PASS, names.subList(0, 1), names, "one of two names", List.of(), false);
        return SmtpVerdict.newBuilder()
                .setEvent(rejection())
                .setFcrdns(fcrdns)
                .setExempt(null)
                .setOutcome(Outcome.BAD)
                .setOutcomeReason("unknown recipient")
                .build();
    }

    private static Feedback feedback() {
        return new Feedback("example.org", FeedbackKind.COMPLAINT, "abuse", AT, "fbl", "");
    }

    private static Counts counts() {
        return Counts.newBuilder().setConnections(12).setMessages(3).setBad(9).build();
    }

    private static PrefixCount count() {
        return new PrefixCount(HALF, "PT1M", AT, AT.plusSeconds(60), counts(), 7L, 1L, true);
    }

    private static LimitDecision limit() {
        return new LimitDecision(
                HALF, "connections", LimitAction.DEFER, "connections", 60L, "PT1M", 20L, true, AT, LATER, 99L, false);
    }

    private static Evidence evidence() {
        return new Evidence(AT, LATER, counts(), 7L, 4L, 3L, 0L);
    }

    private static Listing listing() {
        return new Listing(NETWORK, "9 of 12 events were bad", evidence(), null, 2, AT, LATER, false);
    }

    private static ListingChange change() {
        return new ListingChange(NETWORK, Change.ESCALATED, AT, "3 of 4 children", evidence(), null, 2, LATER);
    }

    private static DomainReputation reputation() {
        return new DomainReputation(
                "example.org",
                Standing.GOOD,
                0.95,
                0.85,
                0.99,
                0.86,
                12.5,
                0.25,
                44L,
                40L,
                4096L,
                3L,
                AT,
                LATER,
                LATER);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
