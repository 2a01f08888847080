package org.slash64.topology.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a scenario file, to be asked for each of its keys. A key that nobody asked for is a mistake. */
final class Fields {

    private final String file;
    private final Node node;
    private final Map<String, Node> left = new LinkedHashMap<>();

    Fields(String file, Node node) {
        this.file = file;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw new ScenarioMistake(file, node, "a mapping is expected here");
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = text(entry.getKeyNode());
            if (left.put(key, entry.getValueNode()) != null) {
                throw new ScenarioMistake(file, entry.getKeyNode(), key + " is there twice");
            }
        }
    }

    private String text(Node scalar) {
        if (scalar instanceof ScalarNode text) {
            return text.getValue();
        }
        throw new ScenarioMistake(file, scalar, "a single value is expected here");
    }

    private Node take(String key) {
        Node taken = left.remove(key);
        if (taken == null) {
            throw new ScenarioMistake(file, node, key + " is missing");
        }
        return taken;
    }

    /** Which of these keys is there, or the first one that is there at all. */
    String onlyKey() {
        if (left.size() != 1) {
            throw new ScenarioMistake(file, node, "one key is expected here, not " + left.keySet());
        }
        return left.keySet().iterator().next();
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    /** A value that must be there; what the reader refuses is a mistake of its line. */
    <T> T value(String key, Function<String, T> reader) {
        return read(take(key), reader);
    }

    private <T> T read(Node scalar, Function<String, T> reader) {
        try {
            return reader.apply(text(scalar));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ScenarioMistake(file, scalar, "\"" + text(scalar) + "\": " + e.getMessage());
        }
    }

    <T> T value(String key, T whenAbsent, Function<String, T> reader) {
        return has(key) ? value(key, reader) : whenAbsent;
    }

    String text(String key) {
        return value(key, text -> text);
    }

    Optional<String> optional(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    Instant instant(String key) {
        return value(key, Instant::parse);
    }

    Fields section(String key) {
        return new Fields(file, take(key));
    }

    /** Mappings in a list. */
    List<Fields> items(String key) {
        return nodes(key).stream().map(item -> new Fields(file, item)).toList();
    }

    /** Values in a list. */
    <T> List<T> values(String key, Function<String, T> reader) {
        return nodes(key).stream().map(item -> read(item, reader)).toList();
    }

    private List<Node> nodes(String key) {
        Node taken = take(key);
        if (taken instanceof SequenceNode list) {
            return list.getValue();
        }
        throw new ScenarioMistake(file, taken, key + " must be a list");
    }

    /** All entries that are left, each with a mapping. */
    Map<String, Fields> sections() {
        Map<String, Fields> sections = new LinkedHashMap<>();
        left.forEach((key, value) -> sections.put(key, new Fields(file, value)));
        left.clear();
        return sections;
    }

    /** All entries that are left, as they are written. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        left.forEach((key, value) -> texts.put(key, text(value)));
        left.clear();
        return texts;
    }

    ScenarioMistake mistake(String text) {
        return new ScenarioMistake(file, node, text);
    }

    /** To be called when all was asked for. */
    void end() {
        left.forEach((key, value) -> {
            throw new ScenarioMistake(file, value, "there is no such key: " + key);
        });
    }

    /** Such as {@code 90s}, {@code 10m}, {@code 3h} or {@code 2d}. */
    static Duration duration(String text) {
        int last = text.length() - 1;
        long number = Long.parseLong(text.substring(0, Math.max(0, last)));
        return switch (text.charAt(last)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException("is no duration such as 90s, 10m, 3h or 2d");
        };
    }
}
