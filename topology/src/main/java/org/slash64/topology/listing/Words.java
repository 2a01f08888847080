package org.slash64.topology.listing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slash64.schemas.Counts;
import org.slash64.schemas.Evidence;

/** Evidence and durations as people say them. */
final class Words {

    private Words() {}

    /**
     * Such as {@code 37 bad outcomes and no good one in 12 minutes: 41 connections, 37 rejections}; of a coarser prefix with
     * {@code from 9 of 11 prefixes below} after the outcomes.
     */
    static String of(Evidence evidence) {
        Counts counts = evidence.getCounts();
        String good = counts.getGood() == 0 ? "no good one" : counts.getGood() + " good";
        Duration span = Duration.between(evidence.getFrom(), evidence.getTo());
        return count(counts.getBad(), "bad outcome") + " and " + good + spread(evidence) + " in " + of(span) + ": "
                + detail(counts);
    }

    private static String spread(Evidence evidence) {
        return evidence.getChildren() == 0
                ? ""
                : ", bad ones from " + evidence.getBadChildren() + " of "
                        + count(evidence.getChildren(), "prefix", "prefixes") + " below,";
    }

    private static String count(long number, String one, String more) {
        return number + " " + (number == 1 ? one : more);
    }

    private static String detail(Counts counts) {
        List<String> parts = new ArrayList<>();
        parts.add(count(counts.getConnections(), "connection"));
        parts.add(count(counts.getRejections(), "rejection"));
        if (counts.getMessages() > 0) {
            parts.add(count(counts.getMessages(), "message"));
        }
        return String.join(", ", parts);
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

    private static String count(long number, String unit) {
        return count(number, unit, unit + "s");
    }
}
