package org.slash64.deploy.config.yaml;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * A mapping of a file, to be asked for each of its fields. What is wrong is noted, and reading goes on with a value that
 * is right, so that all mistakes are found. A key that nobody asks for is a mistake.
 */
public final class Section {

    private final Value self;
    private final Map<String, Value> entries;
    private final Declarations declarations;
    private final Declarations.Group group;
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(Value self, Map<String, Value> entries, Declarations declarations, String doc) {
        this.self = self;
        this.entries = entries;
        this.declarations = declarations;
        this.group = declarations.open(self.path(), doc);
    }

    /**
     * Reads a mapping, or what holds where there is none.
     *
     * @param reader asks for the fields; an {@link IllegalArgumentException} says what does not fit together
     * @return empty where something is wrong
     */
    public static <T> Optional<T> read(
            Value value, Declarations declarations, String doc, Function<Section, T> reader) {
        int before = value.mistakes().count();
        Optional<T> read = entries(value)
                .map(entries -> new Section(value, entries, declarations, doc))
                .flatMap(section -> section.read(reader, before));
        return value.mistakes().count() == before ? read : Optional.empty();
    }

    private static Optional<Map<String, Value>> entries(Value value) {
        if (value.node().isEmpty() || value.isBlank()) {
            return Optional.of(Map.of());
        }
        if (value.node().get() instanceof MappingNode mapping) {
            return Optional.of(Entries.of(value, mapping));
        }
        value.expected("mapping of fields to values");
        return Optional.empty();
    }

    /** What the reader refuses may follow from what was wrong before, and is told only where nothing was. */
    private <T> Optional<T> read(Function<Section, T> reader, int mistakesBefore) {
        try {
            return Optional.of(reader.apply(this));
        } catch (IllegalArgumentException e) {
            if (self.mistakes().count() == mistakesBefore) {
                self.mistake(e.getMessage());
            }
            return Optional.empty();
        } finally {
            noteUnknown();
        }
    }

    private void noteUnknown() {
        entries.forEach((key, value) -> {
            if (!asked.contains(key)) {
                value.mistake("there is no such field; the fields here are " + String.join(", ", asked));
            }
        });
    }

    /** A field with a default. */
    public <T> T value(String key, T whenAbsent, Type<T> type, String doc) {
        declare(key, type, type.print(whenAbsent), doc);
        return given(key, type).orElse(whenAbsent);
    }

    /** A field that may be left out; the words say what holds then. */
    public <T> Optional<T> optional(String key, String whenAbsent, Type<T> type, String doc) {
        declare(key, type, whenAbsent, doc);
        return given(key, type);
    }

    /** A field that must be there; the sample is what reading goes on with where it is not. */
    public <T> T required(String key, T sample, Type<T> type, String doc) {
        declare(key, type, "required, such as " + type.print(sample), doc);
        if (!has(key)) {
            self.mistakes().add(self.line(), Entries.join(self.path(), key), "is missing; expected: " + type.name());
        }
        return given(key, type).orElse(sample);
    }

    /** Fields one level down. */
    public <T> T section(String key, T whenWrong, Function<Section, T> reader, String doc) {
        asked.add(key);
        Value absent = new Value(Entries.join(self.path(), key), self.line(), Optional.empty(), self.mistakes());
        return read(entries.getOrDefault(key, absent), declarations, doc, reader)
                .orElse(whenWrong);
    }

    /** True where the file has the field. */
    public boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Notes that a field does not fit the others; the text says what to write instead. */
    public void mistake(String key, String text) {
        int line = has(key) ? entries.get(key).line() : self.line();
        self.mistakes().add(line, Entries.join(self.path(), key), text);
    }

    private <T> void declare(String key, Type<T> type, String whenAbsent, String doc) {
        asked.add(key);
        group.fields().add(new Declarations.Field(key, type.name(), whenAbsent, doc));
        type.declare(Entries.join(self.path(), key), declarations);
    }

    private <T> Optional<T> given(String key, Type<T> type) {
        return Optional.ofNullable(entries.get(key)).flatMap(type::read);
    }
}
