package org.slash64.topology.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that says something else than it means fails. */
class ScenarioLanguageTest {

    private static final String START = "scenario: s\nsteps:\n";
    private static final String NOTHING_EXPECTED = "\n  - expect: {}\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - rejections: {from: 2001:db8::1, at: 2026-11-16T08:00:00Z, reply: 550 5.1.1 no, when: now} | s.yaml:3: there is no such key: when
            - messages: {from: 2001:db8::1, at: 2026-11-16T08:00:00Z, reply: 550 5.1.1 no}  | s.yaml:3: there is no such key: reply
            - messages: {from: 2001:db8::1, at: 2026-11-16T08:00:00Z, at: 2026-11-16T09:00:00Z} | s.yaml:3: at is there twice
            - messages: {from: 2001:db8::1}                                   | s.yaml:3: at is missing
            - messages: {from: 300 addresses of 192.0.2.0/24, at: 2026-11-16T08:00:00Z} | s.yaml:3: "300 addresses of 192.0.2.0/24": 192.0.2.0/24 has fewer
            - messages: {from: everybody, at: 2026-11-16T08:00:00Z}           | s.yaml:3: "everybody": is no address
            - messages: {from: 2001:db8::1, at: today}                        | s.yaml:3: "today":
            - messages: {from: 2001:db8::1, at: 2026-11-16T08:00:00Z, authentication: good} | s.yaml:3: "good": is none of failed
            - pass: soon                                                      | s.yaml:3: "soon":
            - wait: 3m                                                        | s.yaml:3: there is no such step: wait
            - {pass: 3m, allow: 192.0.2.1/32}                                 | s.yaml:3: one key is expected here
            - feedback: {kind: rumour, about: example.org}                    | s.yaml:3: "rumour": is no kind of feedback
            - expect: {listing: {}}                                           | s.yaml:3: there is no such key: listing
            """)
    void parse_aMistake_isToldWithItsLine(String step, String expected) {
        assertThatExceptionOfType(ScenarioMistake.class)
                .isThrownBy(() -> Scenario.parse("s.yaml", START + "  " + step + NOTHING_EXPECTED))
                .withMessageStartingWith(expected.strip());
    }

    @Test
    void parse_nothingExpectedAtTheEnd_isAMistake() {
        assertThatExceptionOfType(ScenarioMistake.class)
                .isThrownBy(() -> Scenario.parse("s.yaml", START + "  - pass: 3m\n"))
                .withMessage("s.yaml:1: the last step must be an expectation");
    }

    @Test
    void play_whatIsNotExpectedOrOtherwise_isTold() {
        String burst = "  - rejections: {from: 2001:db8::1, each: 25, at: 2026-11-16T08:00:00Z, reply: 550 5.1.1 no}\n";
        String expected = """
                  - expect:
                      listings:
                        192.0.2.1/32: {}
                        2001:db8::/64: {strikes: 2}
                      limits: {}
                      counts:
                        2001:db8::/64@PT1M@2026-11-16T08:00:00Z: {bad: 24}
                """;
        List<String> differences = Scenario.parse("s.yaml", START + burst + "  - pass: 3m\n" + expected)
                .play(directory);
        assertThat(differences)
                .satisfiesExactly(
                        missing -> assertThat(missing).startsWith("step 3: listings: there is no 192.0.2.1/32"),
                        other -> assertThat(other)
                                .startsWith("step 3: listings: 2001:db8::/64 {strikes=2, provisional=no} is {"),
                        history ->
                                assertThat(history).startsWith("step 3: history: unexpected {listed=2001:db8::/64, "),
                        count -> assertThat(count)
                                .startsWith("step 3: counts: 2001:db8::/64@PT1M@2026-11-16T08:00:00Z {bad=24} is {"));
    }

    @Test
    void clients_asTheyAreDescribed() {
        assertThat(Clients.parse("3 addresses of 2001:db8:1:2::/64"))
                .map(Object::toString)
                .containsExactly("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2::3");
        assertThat(Clients.parse("one address in each of 3 /64 of 2001:db8:1:200::/56"))
                .map(Object::toString)
                .containsExactly("2001:db8:1:200::1", "2001:db8:1:201::1", "2001:db8:1:202::1");
        assertThat(Clients.parse("one address in each of 2 /24 of 198.51.100.0/23"))
                .map(Object::toString)
                .containsExactly("198.51.100.1", "198.51.101.1");
    }
}
