package org.slash64.topology.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slash64.schemas.EventKind;
import org.slash64.schemas.FeedbackKind;

/** What happens next, or what must be the case now. */
sealed interface Step permits Traffic, Step.Said, Step.Allow, Step.Disallow, Step.Pass, Expectation {

    /**
     * Feedback.
     *
     * @param on name of the traffic about each of whose events it is; else it is about the subject
     * @param at when it was found out; empty for now
     */
    record Said(
            FeedbackKind kind,
            Optional<String> type,
            Optional<String> on,
            String about,
            Optional<Instant> at,
            String by,
            String comment)
            implements Step {}

    /** An entry of the topic allowlist. */
    record Allow(String subject) implements Step {}

    /** A tombstone in the topic allowlist. */
    record Disallow(String subject) implements Step {}

    /** Wall time passes. */
    record Pass(Duration time) implements Step {}

    /** Reads a step by its key. */
    static Step read(Fields step) {
        String kind = step.onlyKey();
        return switch (kind) {
            case "connections" -> Traffic.read(EventKind.CONNECTION, step.section(kind));
            case "messages" -> Traffic.read(EventKind.MESSAGE, step.section(kind));
            case "rejections" -> Traffic.read(EventKind.REJECTION, step.section(kind));
            case "feedback" -> said(step.section(kind));
            case "allow" -> new Allow(step.text(kind));
            case "disallow" -> new Disallow(step.text(kind));
            case "pass" -> new Pass(step.value(kind, Fields::duration));
            case "expect" -> Expectation.read(step.section(kind));
            default -> throw step.mistake("there is no such step: " + kind);
        };
    }

    private static Said said(Fields fields) {
        Optional<String> on = fields.optional("on");
        Said said = new Said(
                fields.value("kind", Step::kind),
                fields.optional("type"),
                on,
                on.isPresent() ? "" : fields.text("about"),
                fields.has("at") ? Optional.of(fields.instant("at")) : Optional.empty(),
                fields.optional("by").orElse("the scenario"),
                fields.optional("comment").orElse(""));
        fields.end();
        return said;
    }

    private static FeedbackKind kind(String text) {
        return List.of(FeedbackKind.values()).stream()
                .filter(kind -> Words.of(kind).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is no kind of feedback"));
    }
}
