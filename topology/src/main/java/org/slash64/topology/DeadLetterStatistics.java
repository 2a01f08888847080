package org.slash64.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.slash64.connectors.log.LineError;
import org.slash64.schemas.DeadLetter;
import org.slash64.topology.allowlist.SpreadAllowlist;
import org.slash64.topology.feedback.RouteFeedback;

/** Counts records that were set aside, by reason. Counted by stream threads, read by any. */
public final class DeadLetterStatistics {

    /** The reason of records that are not what their topic holds. */
    public static final String NOT_AVRO = "NOT_AVRO";

    /** The reason of records that a step of the stream broke on, which is a fault of the program. */
    public static final String BROKE_A_STEP = "BROKE_A_STEP";

    private final Map<String, LongAdder> letters = new LinkedHashMap<>();

    DeadLetterStatistics() {
        Stream<String> ofLines = Stream.of(LineError.Reason.values()).map(Enum::name);
        Stream.concat(ofLines, Stream.of(RouteFeedback.BAD_SUBJECT, SpreadAllowlist.BAD_KEY, NOT_AVRO, BROKE_A_STEP))
                .forEach(reason -> letters.put(reason, new LongAdder()));
    }

    /** A record was set aside for one of {@link #reasons()}. */
    public void count(DeadLetter letter) {
        letters.get(letter.reason()).increment();
    }

    /** All there are. */
    public Set<String> reasons() {
        return Collections.unmodifiableSet(letters.keySet());
    }

    /** How many were set aside for a reason. */
    public long count(String reason) {
        return letters.get(reason).sum();
    }
}
