package org.slash64.deploy.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slash64.schemas.Prefix;

/** The parameters of a request, checked. What is wrong is a {@link Refusal} that names the parameter and the fix. */
final class Query {

    /** A parameter is a name, an address, a number or a duration. */
    private static final int MAX_TEXT = 300;

    private static final int MOST_ITEMS = 1_000;
    private static final int ITEMS = 100;
    private static final int MOST_SKIPPED = 10_000_000;
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Context request;

    Query(Context request) {
        this.request = request;
    }

    Optional<String> text(String name) {
        String value = request.queryParam(name);
        if (value != null && value.length() > MAX_TEXT) {
            throw bad(name, "is longer than " + MAX_TEXT + " characters");
        }
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }

    String required(String name) {
        return text(name).orElseThrow(() -> bad(name, "is missing"));
    }

    int limit() {
        return number("limit", ITEMS, 1, MOST_ITEMS);
    }

    int offset() {
        return number("offset", 0, 0, MOST_SKIPPED);
    }

    int number(String name, int otherwise, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw bad(name, "is no number; write one from " + least + " to " + most);
        }
        throw bad(name, "is out of range; write " + least + " to " + most);
    }

    Duration period(Duration otherwise) {
        try {
            Duration period = text("period").map(Duration::parse).orElse(otherwise);
            if (period.compareTo(Duration.ZERO) > 0 && period.compareTo(LONGEST) <= 0) {
                return period;
            }
        } catch (DateTimeParseException e) {
            throw bad("period", "is no duration; write one like PT1H");
        }
        throw bad("period", "is out of range; at most " + LONGEST.toDays() + " days are kept");
    }

    Optional<Prefix> within() {
        return text("within")
                .map(text -> Prefix.parse(text)
                        .orElseThrow(() -> bad("within", "is no prefix without host bits, like 2001:db8::/32")));
    }

    <E> Optional<E> oneOf(String name, List<E> values, Function<E, String> words) {
        return text(name).map(text -> among(name, text, values, words));
    }

    /** Several, with commas between them. */
    <E> List<E> someOf(String name, List<E> values, Function<E, String> words) {
        return text(name)
                .map(text -> Arrays.stream(text.split(",", -1))
                        .map(word -> among(name, word, values, words))
                        .toList())
                .orElse(List.of());
    }

    private static <E> E among(String name, String text, List<E> values, Function<E, String> words) {
        return values.stream()
                .filter(value -> words.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        bad(name, "is none of " + values.stream().map(words).collect(Collectors.joining(", "))));
    }

    Optional<String> oneOf(String name, String... values) {
        return oneOf(name, Arrays.asList(values), value -> value);
    }

    private static Refusal bad(String name, String what) {
        return new Refusal(400, "the parameter " + name + " " + what);
    }
}
