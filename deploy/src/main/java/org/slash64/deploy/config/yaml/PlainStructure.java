package org.slash64.deploy.config.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Refuses what a configuration has no use for: aliases, which make a small file stand for a huge one, tags, which name
 * types to construct, and deep nesting. Looked for in the stream of events, before anything is built.
 */
final class PlainStructure {

    /** Three times what any field needs. */
    static final int MAX_DEPTH = 12;

    private PlainStructure() {}

    static void check(Parser parser, Mistakes mistakes) {
        int depth = 0;
        while (!parser.checkEvent(Event.ID.StreamEnd) && depth <= MAX_DEPTH) {
            Event event = parser.getEvent();
            depth += step(event);
            if (depth > MAX_DEPTH) {
                add(mistakes, event, "is nested deeper than " + MAX_DEPTH + " levels; no field is");
            }
            checkNode(event, mistakes);
        }
    }

    private static int step(Event event) {
        return event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
    }

    private static void checkNode(Event event, Mistakes mistakes) {
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            add(mistakes, event, "anchors and aliases (& and *) are not read; write the value out, or in quotes");
        }
        tag(event).ifPresent(tag -> add(mistakes, event, "tags (!) are not read; leave it out, or write quotes"));
    }

    private static Optional<String> tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return Optional.ofNullable(scalar.getTag());
        }
        return event instanceof CollectionStartEvent start ? Optional.ofNullable(start.getTag()) : Optional.empty();
    }

    private static void add(Mistakes mistakes, Event event, String text) {
        mistakes.add(event.getStartMark().getLine() + 1, "", text);
    }
}
