package org.slash64.deploy.bench;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long one side runs in one round. A mixin. */
public final class JmhTimes {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            description = "How long a side runs before it is measured, in each round; ISO 8601. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Duration warmUp = Duration.ofSeconds(5);

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            description = "How long a side is measured, in each round; ISO 8601. Default: ${DEFAULT-VALUE}.")
    private Duration time = Duration.ofSeconds(3);

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

    /** For a result's settings. */
    public void describe(Map<String, String> settings) {
        settings.put("warm-up", warmUp() + " a round");
        settings.put("time", time() + " a round");
        settings.put("harness", "JMH, a JVM of its own for each side and round, one thread, serial collector");
    }
}
