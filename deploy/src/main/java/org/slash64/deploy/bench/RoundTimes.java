package org.slash64.deploy.bench;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long one side runs in one round. A mixin. */
public final class RoundTimes {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            description = "How long a side runs before it is measured, in each round; ISO 8601. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration warmUp;

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            description = "How long a side is measured, in each round; ISO 8601. Default: ${DEFAULT-VALUE}.")
    private Duration time;

    /** The usual ones. */
    public RoundTimes() {
        this(Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    /** Others, where options name none. */
    public RoundTimes(Duration warmUp, Duration time) {
        this.warmUp = warmUp;
        this.time = time;
    }

    public Duration warmUp() {
        return positive("--warm-up", warmUp);
    }

    public Duration time() {
        return positive("--time", time);
    }

    private Duration positive(String option, Duration duration) {
        if (duration.toMillis() <= 0) {
            throw new ParameterException(command.commandLine(), option + ": some time is needed");
        }
        return duration;
    }
}
