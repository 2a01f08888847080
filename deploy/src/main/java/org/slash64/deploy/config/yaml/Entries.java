package org.slash64.deploy.config.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The entries of a mapping by key; a key that is there twice, or is no text, is a mistake. */
final class Entries {

    private Entries() {}

    static Map<String, Value> of(Value section, MappingNode mapping) {
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                add(section, key, tuple.getValueNode(), entries);
            } else {
                section.mistakes()
                        .add(Value.lineOf(tuple.getKeyNode()), section.path(), "has a key that is no text; write one");
            }
        }
        return entries;
    }

    private static void add(Value section, ScalarNode key, Node node, Map<String, Value> entries) {
        String path = join(section.path(), Shown.plain(key.getValue()));
        Value value = Value.of(path, node, section.mistakes());
        Value first = entries.putIfAbsent(key.getValue(), value);
        if (first != null) {
            section.mistakes()
                    .add(Value.lineOf(key), path, "is there twice, first in line " + first.line() + "; leave one out");
        }
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
