package org.slash64.deploy.config.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A list without doubles.
 *
 * @param item what it is a list of
 * @param identity what may not be there twice
 * @param least so many there must be
 * @param most so many there may be
 */
public record ListOf<T>(Type<T> item, Function<T, Object> identity, int least, int most) implements Type<List<T>> {

    /** A list of values each of which is there once. */
    public static <T> ListOf<T> distinct(Type<T> item, int least, int most) {
        return new ListOf<>(item, value -> value, least, most);
    }

    @Override
    public String name() {
        return "list of " + (least == 0 ? "at most " + most : least + " to " + most) + ": " + item.name();
    }

    @Override
    public Optional<List<T>> read(Value value) {
        if (!(value.node().orElseThrow() instanceof SequenceNode list)) {
            value.expected(name() + (least == 0 ? " ([] for none)" : ""));
            return Optional.empty();
        }
        List<Node> nodes = list.getValue();
        if (nodes.size() < least || nodes.size() > most) {
            value.mistake("has " + nodes.size() + " items; expected: " + name());
            return Optional.empty();
        }
        int before = value.mistakes().count();
        List<T> items = items(value, nodes);
        return value.mistakes().count() == before ? Optional.of(items) : Optional.empty();
    }

    private List<T> items(Value value, List<Node> nodes) {
        List<T> items = new ArrayList<>();
        Map<Object, Integer> lines = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            Value each = Value.of(value.path() + "[" + i + "]", nodes.get(i), value.mistakes());
            item.read(each).ifPresent(read -> {
                items.add(read);
                noteDouble(each, identity.apply(read), lines);
            });
        }
        return List.copyOf(items);
    }

    private static void noteDouble(Value each, Object identity, Map<Object, Integer> lines) {
        Integer first = lines.putIfAbsent(identity, each.line());
        if (first != null) {
            each.mistake("is there twice, first in line " + first + "; leave one out");
        }
    }

    @Override
    public String print(List<T> values) {
        return values.stream().map(item::print).collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public void declare(String path, Declarations declarations) {
        item.declare(path + "[]", declarations);
    }
}
