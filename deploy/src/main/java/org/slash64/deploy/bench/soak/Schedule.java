package org.slash64.deploy.bench.soak;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;

/** When which {@link Trouble} begins and ends in a run of some length. Each step is given once. */
final class Schedule {

    /** In less, one trouble would begin before the program got over the last one. */
    static final int LEAST_MINUTES = 1;

    /** What is put in is remembered to the end. */
    static final int MOST_MINUTES = 60;

    /**
     * The beginning or the end of a trouble.
     *
     * @param at after the start of the run
     */
    record Step(Duration at, Trouble trouble, boolean begins) {

        private static Step of(Trouble trouble, boolean begins, Duration length) {
            double place = begins ? trouble.from() : trouble.to();
            return new Step(Duration.ofMillis((long) (length.toMillis() * place)), trouble, begins);
        }

        @Override
        public String toString() {
            return trouble.words() + (!trouble.lasts() ? "" : begins ? " begins" : " ends");
        }
    }

    private final Duration length;
    private final Deque<Step> left;

    private Schedule(Duration length, Deque<Step> left) {
        this.length = length;
        this.left = left;
    }

    /** For a run of so long; an end comes before a beginning at the same time. */
    static Schedule of(Duration length) {
        Stream<Step> begins = Stream.of(Trouble.values()).map(trouble -> Step.of(trouble, true, length));
        Stream<Step> ends =
                Stream.of(Trouble.values()).filter(Trouble::lasts).map(trouble -> Step.of(trouble, false, length));
        return new Schedule(
                length,
                Stream.concat(ends, begins)
                        .sorted(Comparator.comparing(Step::at))
                        .collect(ArrayDeque::new, ArrayDeque::add, ArrayDeque::addAll));
    }

    /** The next step that is due after so much of the run; empty where none is. */
    Optional<Step> due(Duration elapsed) {
        return left.isEmpty() || left.peekFirst().at().compareTo(elapsed) > 0
                ? Optional.empty()
                : Optional.of(left.removeFirst());
    }

    /** Whether the run is over. */
    boolean isOver(Duration elapsed) {
        return left.isEmpty() && elapsed.compareTo(length) >= 0;
    }
}
