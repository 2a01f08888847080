package org.slash64.deploy.bench.api;

import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much is asked, and how much the pipeline has to do meanwhile. A mixin. */
final class ApiOptions {

    private static final int MOST_REQUESTS = 10_000;
    private static final int LEAST_EVENTS = 20_000;
    private static final int MOST_EVENTS = 10_000_000;
    private static final int MOST_RATE = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--requests", paramLabel = "N", description = "Requests a second. Default: ${DEFAULT-VALUE}.")
    private int requests = 100;

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
    void check() {
        check("--requests", requests, 1, MOST_REQUESTS);
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

    /** Requests a second. */
    int requests() {
        return requests;
    }

    /** Events a second; empty where the capacity is to be measured. */
    OptionalInt rate() {
        return rate == null ? OptionalInt.empty() : OptionalInt.of(rate);
    }

    /** Events of the backlog from which the capacity is measured. */
    int events() {
        return events;
    }
}
