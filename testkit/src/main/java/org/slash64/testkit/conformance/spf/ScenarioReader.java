package org.slash64.testkit.conformance.spf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** From the nodes of one YAML document to a scenario. */
final class ScenarioReader {
    private final String source;

    ScenarioReader(String source) {
        this.source = source;
    }

    SpfScenario read(MappingNode document) throws SuiteFormatException {
        List<SpfCase> cases = new ArrayList<>();
        for (NodeTuple test : entries(document, "tests")) {
            cases.add(spfCase(text(test.getKeyNode()), mapping(test.getValueNode())));
        }
        Map<Name, SuiteNode> nodes = new HashMap<>();
        for (NodeTuple entry : entries(document, "zonedata")) {
            zoneEntry(nodes, entry);
        }
        return new SpfScenario(value(document, "description").orElse(""), cases, new SuiteZone(nodes));
    }

    private List<NodeTuple> entries(MappingNode document, String key) throws SuiteFormatException {
        Optional<Node> found = child(document, key);
        return found.isEmpty() || isNull(found.get())
                ? List.of()
                : mapping(found.get()).getValue();
    }

    private SpfCase spfCase(String name, MappingNode test) throws SuiteFormatException {
        Node results = child(test, "result").orElseThrow(() -> wrong(test, "no result"));
        return new SpfCase(
                name,
                address(test),
                value(test, "helo").orElse(""),
                value(test, "mailfrom").orElse(""),
                texts(results).stream()
                        .map(result -> result.toLowerCase(Locale.ROOT))
                        .toList(),
                value(test, "explanation"));
    }

    private InetAddress address(MappingNode test) throws SuiteFormatException {
        String text = value(test, "host").orElse("");
        byte[] bytes = Address.toByteArray(text, text.indexOf(':') < 0 ? Address.IPv4 : Address.IPv6);
        if (bytes == null) {
            throw wrong(test, "host is no address: \"" + text + "\"");
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) { // only for lengths other than 4 and 16
            throw new IllegalStateException(e);
        }
    }

    private void zoneEntry(Map<Name, SuiteNode> nodes, NodeTuple entry) throws SuiteFormatException {
        Optional<Name> owner = SuiteRecords.name(text(entry.getKeyNode()));
        if (owner.isEmpty()) {
            return; // nobody can ask for it
        }
        SuiteNode node = nodes.computeIfAbsent(owner.get(), name -> new SuiteNode());
        SuiteRecords records = new SuiteRecords(owner.get(), node);
        for (Node item : items(entry.getValueNode())) {
            if (item instanceof ScalarNode scalar) {
                bare(scalar, node);
            } else {
                for (NodeTuple record : mapping(item).getValue()) {
                    add(records, record);
                }
            }
        }
    }

    private void bare(ScalarNode entry, SuiteNode node) throws SuiteFormatException {
        if (!entry.getValue().equals(SuiteRecords.TIMEOUT)) {
            throw wrong(entry, "neither a record nor TIMEOUT: \"" + entry.getValue() + "\"");
        }
        node.timeOutOthers();
    }

    private void add(SuiteRecords records, NodeTuple record) throws SuiteFormatException {
        try {
            Node value = record.getValueNode();
            records.add(text(record.getKeyNode()), value instanceof SequenceNode, texts(value));
        } catch (IllegalArgumentException e) {
            throw wrong(record.getKeyNode(), e.getMessage());
        }
    }

    private static Optional<Node> child(MappingNode parent, String key) {
        return parent.getValue().stream()
                .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** The text at a key; none where the value is YAML's null. */
    private Optional<String> value(MappingNode parent, String key) throws SuiteFormatException {
        Optional<Node> found = child(parent, key);
        return found.isEmpty() || isNull(found.get()) ? Optional.empty() : Optional.of(text(found.get()));
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.isPlain()
                && (scalar.getValue().isEmpty()
                        || scalar.getValue().equals("~")
                        || scalar.getValue().equals("null"));
    }

    private static List<Node> items(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        return isNull(node) ? List.of() : List.of(node);
    }

    private List<String> texts(Node node) throws SuiteFormatException {
        List<String> texts = new ArrayList<>();
        for (Node item : node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node)) {
            texts.add(text(item));
        }
        return texts;
    }

    private String text(Node node) throws SuiteFormatException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, "text is expected");
    }

    private MappingNode mapping(Node node) throws SuiteFormatException {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw wrong(node, "a mapping is expected");
    }

    private SuiteFormatException wrong(Node node, String what) {
        return new SuiteFormatException(source + ":" + (node.getStartMark().getLine() + 1) + ": " + what);
    }
}
