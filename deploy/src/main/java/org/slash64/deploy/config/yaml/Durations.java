package org.slash64.deploy.config.yaml;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Durations: a whole number with a unit, such as {@code 10m}, or ISO 8601, such as {@code PT10M}. */
public final class Durations {

    /** Longer than any duration anybody means, short enough for each sum of two to fit. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final int MOST_DIGITS = 12;

    /** As long as ISO 8601 ever needs here. */
    private static final int MOST_CHARACTERS = 40;

    private enum Unit {
        DAY("d", 86_400_000),
        HOUR("h", 3_600_000),
        MINUTE("m", 60_000),
        SECOND("s", 1_000),
        MILLISECOND("ms", 1);

        private final String text;
        private final long millis;

        Unit(String text, long millis) {
            this.text = text;
            this.millis = millis;
        }
    }

    private Durations() {}

    /** A duration in a range, ends included. */
    public static Scalar<Duration> between(Duration least, Duration most) {
        String name = "duration from " + print(least) + " to " + print(most);
        return new Scalar<>(name, text -> inRange(parse(text), least, most), Durations::print);
    }

    /** A multiple of a step, of at least one. */
    public static Scalar<Duration> multiplesOf(Duration step, Duration most) {
        String name = "multiple of " + print(step) + " up to " + print(most);
        return new Scalar<>(name, text -> multiple(inRange(parse(text), step, most), step), Durations::print);
    }

    private static Duration inRange(Duration duration, Duration least, Duration most) {
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException("is too short");
        }
        if (duration.compareTo(most) > 0) {
            throw new IllegalArgumentException("is too long");
        }
        return duration;
    }

    private static Duration multiple(Duration duration, Duration step) {
        if (!step.multipliedBy(duration.dividedBy(step)).equals(duration)) {
            throw new IllegalArgumentException("is no multiple of " + print(step));
        }
        return duration;
    }

    /** Reads a duration; throws what {@link Scalar} expects. */
    static Duration parse(String text) {
        return plain(text)
                .or(() -> iso(text))
                .filter(duration -> duration.abs().compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException("is no duration such as 90s, 10m, 24h, 7d or PT10M"));
    }

    private static Optional<Duration> plain(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return Optional.empty();
        }
        long number = Long.parseLong(text.substring(0, digits));
        return unit(text.substring(digits))
                .map(unit -> Duration.ofMillis(number).multipliedBy(unit.millis));
    }

    private static Optional<Unit> unit(String text) {
        for (Unit unit : Unit.values()) {
            if (unit.text.equals(text)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    private static Optional<Duration> iso(String text) {
        if (!text.startsWith("P") || text.length() > MOST_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** In the largest unit that leaves no rest: {@code 90m}. */
    public static String print(Duration duration) {
        long millis = duration.toMillis();
        for (Unit unit : Unit.values()) {
            if (millis != 0 && millis % unit.millis == 0) {
                return millis / unit.millis + unit.text;
            }
        }
        return "0s";
    }
}
