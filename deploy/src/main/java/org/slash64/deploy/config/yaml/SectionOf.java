package org.slash64.deploy.config.yaml;

import java.util.Optional;
import java.util.function.Function;

/**
 * A mapping with fields of its own, as an item of a list.
 *
 * @param reader reads the fields; an {@link IllegalArgumentException} says what does not fit together
 * @param printer for the reference
 * @param doc one sentence on what an item is
 */
public record SectionOf<T>(String name, Function<Section, T> reader, Function<T, String> printer, String doc)
        implements Type<T> {

    @Override
    public Optional<T> read(Value value) {
        if (value.isBlank()) {
            value.expected(name);
            return Optional.empty();
        }
        return Section.read(value, new Declarations(), doc, reader);
    }

    @Override
    public String print(T value) {
        return printer.apply(value);
    }

    @Override
    public void declare(String path, Declarations declarations) {
        Section.read(new Value(path, 0, Optional.empty(), new Mistakes()), declarations, doc, reader);
    }
}
