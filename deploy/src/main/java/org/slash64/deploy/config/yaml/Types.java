package org.slash64.deploy.config.yaml;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kinds of single values that any file may have. */
public final class Types {

    private Types() {}

    /** {@code true} or {@code false}. */
    public static Scalar<Boolean> flag() {
        return choice("true or false", List.of(true, false), String::valueOf);
    }

    /** One of an enum's constants, in lower case with hyphens. */
    public static <E extends Enum<E>> Scalar<E> oneOf(Class<E> type) {
        return oneOf(
                Arrays.asList(type.getEnumConstants()),
                constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** One of some values, by what they are called. */
    public static <T> Scalar<T> oneOf(List<T> values, Function<T, String> printer) {
        String name = values.stream().map(printer).collect(Collectors.joining(", ", "one of ", ""));
        return choice(name, values, printer);
    }

    private static <T> Scalar<T> choice(String name, List<T> values, Function<T, String> printer) {
        return new Scalar<>(
                name,
                text -> values.stream()
                        .filter(value -> printer.apply(value).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("is none of these")),
                printer);
    }

    /** Words for people, without control characters. */
    public static Scalar<String> text(int most) {
        return new Scalar<>("text of at most " + most + " characters", text -> words(text, most), text -> text);
    }

    private static String words(String text, int most) {
        if (text.isBlank() || text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("is empty, too long or has control characters");
        }
        return text;
    }

    /** A name for use in keys and messages. */
    public static Scalar<String> name(int most) {
        String name = "name of letters, digits, dots and hyphens, at most " + most + " characters";
        return new Scalar<>(name, text -> simple(text, most), text -> text);
    }

    private static String simple(String text, int most) {
        if (text.isEmpty() || text.length() > most || !text.chars().allMatch(Types::isOfName)) {
            throw new IllegalArgumentException("is no such name");
        }
        return text;
    }

    private static boolean isOfName(int c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '.' || c == '-';
    }
}
