package org.slash64.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final Duration SHORTEST = Duration.ofMinutes(Schedule.LEAST_MINUTES);

    private static List<Schedule.Step> dueUpTo(Schedule schedule, Duration elapsed) {
        List<Schedule.Step> due = new ArrayList<>();
        for (Optional<Schedule.Step> next = schedule.due(elapsed); next.isPresent(); next = schedule.due(elapsed)) {
            due.add(next.get());
        }
        return due;
    }

    @Test
    void due_wholeRun_hasEachTroubleOnceInOrder() {
        List<Schedule.Step> steps = dueUpTo(Schedule.of(SHORTEST), SHORTEST);
        assertThat(steps.stream().filter(Schedule.Step::begins).map(Schedule.Step::trouble))
                .containsExactlyInAnyOrder(Trouble.values());
        assertThat(steps.stream().filter(step -> !step.begins()).map(Schedule.Step::trouble))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Trouble.values()).filter(Trouble::lasts).toList());
        assertThat(steps.stream().map(Schedule.Step::at)).isSorted();
    }

    @Test
    void due_oneTroubleEndsWhereAnotherBegins_theEndComesFirst() {
        List<String> steps = dueUpTo(Schedule.of(SHORTEST), SHORTEST).stream()
                .map(Schedule.Step::toString)
                .toList();
        assertThat(steps.indexOf("clock step ahead ends")).isEqualTo(steps.indexOf("clock step back begins") - 1);
    }

    @Test
    void due_longerRun_isFurtherApart() {
        Schedule.Step ofShort = Schedule.of(SHORTEST).due(SHORTEST).orElseThrow();
        Duration longer = SHORTEST.multipliedBy(10);
        Schedule.Step ofLong = Schedule.of(longer).due(longer).orElseThrow();
        assertThat(ofLong.at()).isEqualTo(ofShort.at().multipliedBy(10));
    }

    @Test
    void due_beforeItsTime_isNothing() {
        Schedule schedule = Schedule.of(SHORTEST);
        assertThat(schedule.due(Duration.ofSeconds(5))).isEmpty();
        assertThat(schedule.due(Duration.ofSeconds(6)))
                .map(Schedule.Step::trouble)
                .contains(Trouble.INSTANCE_KILL);
        assertThat(schedule.due(Duration.ofSeconds(6))).isEmpty();
    }

    @Test
    void isOver_whileStepsAreLeft_isFalse() {
        Schedule schedule = Schedule.of(SHORTEST);
        assertThat(schedule.isOver(SHORTEST)).isFalse();
        dueUpTo(schedule, SHORTEST);
        assertThat(schedule.isOver(SHORTEST)).isTrue();
        assertThat(schedule.isOver(SHORTEST.minusMillis(1))).isFalse();
    }
}
