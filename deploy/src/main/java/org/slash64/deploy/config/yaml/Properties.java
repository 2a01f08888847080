package org.slash64.deploy.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Settings that are handed on to a library by its own names. Their values may be secret, so no mistake shows one.
 *
 * @param check takes a name and a value and says what is wrong with them and what to write instead; empty where nothing is
 */
public record Properties(String name, BiFunction<String, String, Optional<String>> check)
        implements Type<Map<String, String>> {

    @Override
    public Optional<Map<String, String>> read(Value value) {
        if (!(value.node().orElseThrow() instanceof MappingNode mapping)) {
            value.expected(name + " ({} for none)");
            return Optional.empty();
        }
        int before = value.mistakes().count();
        Map<String, String> properties = new LinkedHashMap<>();
        Entries.of(value, mapping)
                .forEach((key, entry) -> property(key, entry).ifPresent(text -> properties.put(key, text)));
        return value.mistakes().count() == before ? Optional.of(properties) : Optional.empty();
    }

    private Optional<String> property(String key, Value entry) {
        Optional<String> text = entry.text();
        if (text.isEmpty()) {
            entry.mistake("has no single value; write one, in quotes where it has special characters");
            return text;
        }
        Optional<String> wrong = check.apply(key, text.get());
        wrong.ifPresent(entry::mistake);
        return wrong.isEmpty() ? text : Optional.empty();
    }

    @Override
    public String print(Map<String, String> properties) {
        return properties.isEmpty() ? "{}" : properties.size() + " settings";
    }
}
