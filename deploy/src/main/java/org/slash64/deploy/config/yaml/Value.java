package org.slash64.deploy.config.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What a file says in one place.
 *
 * @param path of the field
 * @param line from 1
 * @param node empty where the file says nothing there
 */
public record Value(String path, int line, Optional<Node> node, Mistakes mistakes) {

    static Value of(String path, Node node, Mistakes mistakes) {
        return new Value(path, lineOf(node), Optional.of(node), mistakes);
    }

    static int lineOf(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** Notes what is wrong with it; the text says what to write instead. */
    public void mistake(String text) {
        mistakes.add(line, path, text);
    }

    /** Notes that something else was expected. */
    void expected(String type) {
        mistake(shape() + "; expected: " + type);
    }

    /** The text of a single value; empty for all else, and where nothing is written. */
    Optional<String> text() {
        return node.filter(given -> given instanceof ScalarNode && !isNull(given))
                .map(given -> ((ScalarNode) given).getValue());
    }

    /** True where the field is there with nothing after it. */
    boolean isBlank() {
        return node.filter(Value::isNull).isPresent();
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private String shape() {
        if (isBlank()) {
            return "has no value";
        }
        return node.filter(SequenceNode.class::isInstance).isPresent()
                ? "is a list"
                : text().map(text -> Shown.quoted(text) + " is a single value").orElse("is a mapping");
    }
}
