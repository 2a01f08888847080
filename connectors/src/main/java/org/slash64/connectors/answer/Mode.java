package org.slash64.connectors.answer;

/** Whether answers are acted on. */
public enum Mode {
    /** Nothing is refused or marked; it is only counted what would have been. */
    OBSERVE,
    /** Nothing is refused; mail is marked with what would have been answered. */
    DRY_RUN,
    /** Answers are given as they are. */
    ENFORCE;

    /** What is answered in this mode instead. */
    public Answer applied(Answer answer) {
        return switch (this) {
            case OBSERVE -> new Answer.NoOpinion();
            case DRY_RUN -> answer instanceof Answer.NoOpinion ? answer : dryRun(answer);
            case ENFORCE -> answer;
        };
    }

    private static Answer dryRun(Answer answer) {
        return new Answer.Mark(Policy.FIELD, "dry-run; would " + words(answer));
    }

    private static String words(Answer answer) {
        if (answer instanceof Answer.Mark mark) {
            return "mark: " + mark.value();
        }
        if (answer instanceof Answer.Quarantine quarantine) {
            return "quarantine: " + quarantine.reply().text();
        }
        if (answer instanceof Answer.Defer defer) {
            return "answer " + defer.reply().line();
        }
        if (answer instanceof Answer.TryIpv4 tryIpv4) {
            return "answer " + tryIpv4.reply().line();
        }
        return answer instanceof Answer.Reject reject
                ? "answer " + reject.reply().line()
                : "do nothing";
    }
}
