package org.slash64.topology.scenario;

import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slash64.schemas.AllowEntry;
import org.slash64.schemas.Feedback;
import org.slash64.topology.Rules;
import org.slash64.topology.TopologySettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A scenario: a sentence that says what holds, and steps that show it.
 *
 * @param wall where the wall clock starts; empty for the first event's time. It never stays behind the time of an event
 * @param allowlist subjects that a file allows
 */
record Scenario(String sentence, Optional<Instant> wall, List<String> allowlist, List<Step> steps) {

    /** Reads a file; a key or value that is none of the language is a {@link ScenarioMistake}. */
    static Scenario parse(String file, String text) {
        Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        Fields fields = new Fields(file, root);
        Scenario scenario = new Scenario(
                fields.text("scenario"),
                fields.has("wall clock") ? Optional.of(fields.instant("wall clock")) : Optional.empty(),
                fields.has("allowlist file") ? fields.values("allowlist file", subject -> subject) : List.of(),
                fields.items("steps").stream().map(Scenario::step).toList());
        fields.end();
        if (scenario.steps().isEmpty()
                || !(scenario.steps().get(scenario.steps().size() - 1) instanceof Expectation)) {
            throw new ScenarioMistake(file, root, "the last step must be an expectation");
        }
        return scenario;
    }

    private static Step step(Fields fields) {
        Step step = Step.read(fields);
        fields.end();
        return step;
    }

    /** Plays it; gives what is not as expected, a line each. */
    List<String> play(Path directory) {
        List<String> differences = new ArrayList<>();
        Map<String, List<String>> idsByName = new HashMap<>();
        EventNumbers numbers = new EventNumbers();
        PostfixLines lines = new PostfixLines();
        try (Stage stage = new Stage(directory, settings(), wall.orElseGet(this::firstEvent))) {
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step instanceof Traffic traffic) {
                    idsByName.put(traffic.name(), send(stage, traffic, numbers, lines));
                } else if (step instanceof Step.Said said) {
                    say(stage, said, idsByName);
                } else if (step instanceof Step.Allow allow) {
                    stage.allow(allow.subject(), new AllowEntry(allow.subject(), "", "the scenario", stage.now()));
                } else if (step instanceof Step.Disallow disallow) {
                    stage.allow(disallow.subject(), null);
                } else if (step instanceof Step.Pass pass) {
                    stage.pass(pass.time());
                } else if (step instanceof Expectation expectation) {
                    String place = "step " + (i + 1) + ": ";
                    expectation.differences(stage).forEach(difference -> differences.add(place + difference));
                }
            }
        }
        return differences;
    }

    private Instant firstEvent() {
        return steps.stream()
                .filter(Traffic.class::isInstance)
                .map(step -> ((Traffic) step).at())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /** The default rules, with documentation prefixes listed like any other: the scenarios are about those. */
    private TopologySettings settings() {
        List<AllowEntry> allowed = allowlist.stream()
                .map(subject -> new AllowEntry(subject, "", "the scenario", Instant.EPOCH))
                .toList();
        return TopologySettings.defaults()
                .withRules(Rules.defaults().withDocumentation().withAllowlist(allowed));
    }

    private static List<String> send(Stage stage, Traffic traffic, EventNumbers numbers, PostfixLines lines) {
        List<String> ids = new ArrayList<>();
        for (Traffic.Sent sent : traffic.events(numbers)) {
            stage.passUntil(sent.at());
            if (traffic.asLogLines()) {
                stage.find(
                        traffic.clients().get(sent.client()),
                        traffic.authentication().of(sent.client()));
                lines.of(sent.event()).forEach(stage::line);
            } else {
                stage.event(sent.event(), traffic.authentication().of(sent.client()));
                ids.add(sent.event().getId());
            }
        }
        return ids;
    }

    private static void say(Stage stage, Step.Said said, Map<String, List<String>> idsByName) {
        said.at().ifPresent(stage::passUntil);
        List<String> about =
                said.on().isPresent() ? idsByName.getOrDefault(said.on().get(), List.of()) : List.of(said.about());
        if (about.isEmpty()) {
            throw new IllegalArgumentException("feedback on " + said.on().orElseThrow() + ", which has no events");
        }
        about.forEach(subject -> stage.feedback(new Feedback(
                subject,
                said.kind(),
                said.type().orElse(null),
                said.at().orElse(stage.now()),
                said.by(),
                said.comment())));
    }
}
