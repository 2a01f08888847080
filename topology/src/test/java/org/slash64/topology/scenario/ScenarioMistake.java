package org.slash64.topology.scenario;

import org.yaml.snakeyaml.nodes.Node;

/** A scenario file is not what it should be; says where. */
final class ScenarioMistake extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScenarioMistake(String file, Node node, String text) {
        super(file + ":" + (node.getStartMark().getLine() + 1) + ": " + text);
    }
}
