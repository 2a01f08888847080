package org.slash64.topology.listing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Counts;
import org.slash64.schemas.DomainReputation;
import org.slash64.schemas.Evidence;
import org.slash64.schemas.LimitDecision;
import org.slash64.schemas.state.Order;
import org.slash64.topology.reputation.FeedbackWeights;

/** Evidence, decisions and durations as people say them. */
final class Words {

    /** So much of what somebody wrote is told again. */
    private static final int MAX_SAID = 200;

    private Words() {}

    /**
     * Such as {@code 37 bad outcomes and no good one in 12 minutes: 41 connections, 37 rejections}; of a coarser prefix with
     * {@code from 9 of 11 prefixes below} after the outcomes. Outcomes are by weight where there is feedback, which the
     * details tell then.
     */
    static String of(Evidence evidence, FeedbackWeights weights) {
        Counts counts = evidence.getCounts();
        List<String> feedback = feedback(counts, weights);
        String weighed = feedback.isEmpty() ? "" : " by weight";
        Duration span = Duration.between(evidence.getFrom(), evidence.getTo());
        return count(weights.bad(counts), "bad outcome") + weighed + " and " + good(weights.good(counts))
                + spread(evidence) + " in " + of(span) + ": " + String.join(", ", events(counts))
                + String.join("", feedback);
    }

    private static String good(long good) {
        return good <= 0 ? "no good one" : good + " good";
    }

    private static String spread(Evidence evidence) {
        return evidence.getChildren() == 0
                ? ""
                : ", bad ones from " + evidence.getBadChildren() + " of "
                        + count(evidence.getChildren(), "prefix", "prefixes") + " below,";
    }

    private static List<String> events(Counts counts) {
        List<String> parts = new ArrayList<>();
        parts.add(count(counts.getConnections(), "connection"));
        parts.add(count(counts.getRejections(), "rejection"));
        if (counts.getMessages() > 0) {
            parts.add(count(counts.getMessages(), "message"));
        }
        return parts;
    }

    private static List<String> feedback(Counts counts, FeedbackWeights weights) {
        List<String> parts = new ArrayList<>();
        addFeedback(parts, counts.getSpamtraps(), "spam trap hit", weights.spamtrap());
        addFeedback(parts, counts.getComplaints(), "complaint", weights.complaint());
        addFeedback(parts, counts.getSpam(), "message found to be spam", "messages found to be spam", weights.spam());
        addFeedback(parts, counts.getHam(), "message found to be wanted", "messages found to be wanted", weights.ham());
        return parts;
    }

    private static void addFeedback(List<String> parts, long number, String unit, int weight) {
        addFeedback(parts, number, unit, unit + "s", weight);
    }

    private static void addFeedback(List<String> parts, long number, String one, String more, int weight) {
        if (number > 0) {
            parts.add(", " + count(number, one, more) + " of weight " + weight);
        }
    }

    /**
     * Such as {@code reputation 0.08 (0.00 to 0.16 at 95%): bad outcomes of weight 20.0 and good ones of weight 0.0, from 3
     * networks}.
     */
    static String of(DomainReputation reputation) {
        return String.format(
                Locale.ROOT,
                "reputation %.2f (%.2f to %.2f at 95%%): bad outcomes of weight %.1f and good ones of weight %.1f, from %s",
                reputation.getScore(),
                reputation.getLower(),
                reputation.getUpper(),
                reputation.getBad(),
                reputation.getGood(),
                count(reputation.getNetworks(), "network"));
    }

    /** Such as {@code limit rejections crossed: 35 rejections in 10 minutes, where 30 may come}. */
    static String of(LimitDecision limit) {
        return "limit " + limit.getRule() + " crossed: " + limit.getPeak() + " " + limit.getMetric() + " in "
                + of(Duration.parse(limit.getPeriod())) + ", where " + (limit.getMaximum() + limit.getBurst())
                + " may come";
    }

    /** Such as {@code listed by alice: phishing}. */
    static String of(Order order) {
        return (order.getList() ? "listed" : "delisted") + by(order.getBy()) + saying(order.getComment());
    }

    /** Such as {@code allowlisted as 2001:db8::/32 by alice: our partner}. */
    static String of(AllowEntry entry) {
        return "allowlisted as " + cut(entry.getSubject()) + by(entry.getBy()) + saying(entry.getComment());
    }

    private static String by(String name) {
        return name.isBlank() ? "" : " by " + cut(name);
    }

    private static String saying(String comment) {
        return comment.isBlank() ? "" : ": " + cut(comment);
    }

    /** Cut, and without the line ends and such that files of entries would stumble over. */
    private static String cut(String said) {
        String line = said.substring(0, Math.min(said.length(), MAX_SAID));
        StringBuilder clean = new StringBuilder(line.length());
        line.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
        return clean.toString().strip();
    }

    private static String count(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    private static String count(long number, String unit) {
        return count(number, unit, unit + "s");
    }

    /** Such as {@code 6 hours}; the largest unit that loses nothing that matters. */
    static String of(Duration duration) {
        if (duration.compareTo(Duration.ofDays(2)) >= 0) {
            return count(duration.toDays(), "day");
        }
        if (duration.compareTo(Duration.ofHours(2)) >= 0) {
            return count(duration.toHours(), "hour");
        }
        return duration.compareTo(Duration.ofMinutes(2)) >= 0
                ? count(duration.toMinutes(), "minute")
                : count(duration.toSeconds(), "second");
    }
}
