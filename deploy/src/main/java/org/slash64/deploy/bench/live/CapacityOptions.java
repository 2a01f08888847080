package org.slash64.deploy.bench.live;

import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a running pipeline has to do: half of what it can, or what is told. A mixin. */
public final class CapacityOptions {

    private static final int LEAST_EVENTS = 20_000;
    private static final int MOST_EVENTS = 10_000_000;
    private static final int MOST_RATE = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Events a second that the pipeline is given. Default: half of what it can do, which is measured"
                            + " first.")
    private Integer rate;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events from which it is measured what the pipeline can do. Default: ${DEFAULT-VALUE}.")
    private int events = 200_000;

    /** Refuses values that make no sense. */
    public void check() {
        check("--events", events, LEAST_EVENTS, MOST_EVENTS);
        if (rate != null) {
            check("--rate", rate, 1, MOST_RATE);
        }
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command.commandLine(), option + ": from " + least + " to " + most);
        }
    }

    /**
     * Events a second that the pipeline is to be given; measures what it can do where nothing else is told.
     *
     * @param capacity is told what was measured
     */
    public int rate(RunningPipeline pipeline, Consumer<String> capacity) throws IOException, InterruptedException {
        if (rate != null) {
            capacity.accept("not measured");
            return rate;
        }
        double most = pipeline.capacity(events);
        capacity.accept(String.format(Locale.ROOT, "%,.0f events/s, from a backlog of %,d events", most, events));
        return (int) Math.max(1, Math.round(most / 2));
    }
}
