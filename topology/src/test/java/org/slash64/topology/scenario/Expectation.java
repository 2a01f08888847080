package org.slash64.topology.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must be the case now. Each is a subject with some of its fields as text. Listings and history are complete: what is
 * not expected must not be there. What is published, limits, reputations and
 * senders that were told to come over IPv4 are complete where they are mentioned; of counts
 * those mentioned are looked at. What is not said to be provisional must be final.
 */
record Expectation(
        Map<String, Map<String, String>> listings,
        List<Map<String, String>> history,
        Optional<List<String>> published,
        Optional<Map<String, Map<String, String>>> limits,
        Optional<Map<String, Map<String, String>>> reputation,
        Optional<Map<String, Map<String, String>>> fallback,
        Map<String, Map<String, String>> counts)
        implements Step {

    static Expectation read(Fields fields) {
        Expectation expectation = new Expectation(
                section(fields, "listings").map(Expectation::ofFinal).orElse(Map.of()),
                fields.has("history")
                        ? fields.items("history").stream().map(Fields::texts).toList()
                        : List.of(),
                fields.has("published") ? Optional.of(fields.values("published", text -> text)) : Optional.empty(),
                section(fields, "limits").map(Expectation::ofFinal),
                section(fields, "reputation"),
                section(fields, "fallback"),
                section(fields, "counts").orElse(Map.of()));
        fields.end();
        return expectation;
    }

    private static Optional<Map<String, Map<String, String>>> section(Fields fields, String key) {
        if (!fields.has(key)) {
            return Optional.empty();
        }
        Map<String, Map<String, String>> section = new LinkedHashMap<>();
        fields.section(key).sections().forEach((subject, values) -> section.put(subject, values.texts()));
        return Optional.of(section);
    }

    private static Map<String, Map<String, String>> ofFinal(Map<String, Map<String, String>> section) {
        section.values().forEach(fields -> fields.putIfAbsent(Shown.PROVISIONAL, "no"));
        return section;
    }

    /** What is otherwise on the stage, a line each; empty where all is as expected. */
    List<String> differences(Stage stage) {
        List<String> differences = new ArrayList<>();
        compare("listings", listings, stage.listings(), true, differences);
        compareHistory(stage.newHistory(), differences);
        published
                .filter(list -> !list.equals(stage.published()))
                .ifPresent(list -> differences.add("published: " + list + " is " + stage.published()));
        limits.ifPresent(expected -> compare("limits", expected, stage.limits(), true, differences));
        reputation.ifPresent(expected -> compare("reputation", expected, stage.reputations(), true, differences));
        fallback.ifPresent(expected -> compare("fallback", expected, stage.fallback(), true, differences));
        compare("counts", counts, stage.counts(), false, differences);
        return differences;
    }

    private static void compare(
            String what,
            Map<String, Map<String, String>> expected,
            Map<String, Map<String, String>> actual,
            boolean complete,
            List<String> differences) {
        expected.forEach((subject, fields) -> {
            if (!actual.containsKey(subject)) {
                differences.add(what + ": there is no " + subject + " " + fields);
            } else if (!isAs(fields, actual.get(subject))) {
                differences.add(what + ": " + subject + " " + fields + " is " + actual.get(subject));
            }
        });
        if (complete) {
            actual.forEach((subject, fields) -> {
                if (!expected.containsKey(subject)) {
                    differences.add(what + ": unexpected " + subject + " " + fields);
                }
            });
        }
    }

    private void compareHistory(List<Map<String, String>> actual, List<String> differences) {
        for (int i = 0; i < Math.max(history.size(), actual.size()); i++) {
            if (i >= actual.size()) {
                differences.add("history: there is no " + history.get(i));
            } else if (i >= history.size()) {
                differences.add("history: unexpected " + actual.get(i));
            } else if (!isAs(history.get(i), actual.get(i))) {
                differences.add("history: " + history.get(i) + " is " + actual.get(i));
            }
        }
    }

    /** Fields that are not expected may be as they are. */
    private static boolean isAs(Map<String, String> expected, Map<String, String> actual) {
        return actual.entrySet().containsAll(expected.entrySet());
    }
}
