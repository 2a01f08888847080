package org.slash64.deploy.config.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * A kind of single value.
 *
 * @param parser throws an {@link IllegalArgumentException} that says in a half sentence what is wrong: {@code is too
 *     large}
 */
public record Scalar<T>(String name, Function<String, T> parser, Function<T, String> printer) implements Type<T> {

    @Override
    public Optional<T> read(Value value) {
        Optional<String> text = value.text();
        if (text.isEmpty()) {
            value.expected(name);
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(text.get()));
        } catch (IllegalArgumentException e) {
            value.mistake(Shown.quoted(text.get()) + " " + e.getMessage() + "; expected: " + name);
            return Optional.empty();
        }
    }

    @Override
    public String print(T value) {
        return printer.apply(value);
    }
}
