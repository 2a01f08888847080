package org.slash64.deploy.bench.api;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much is asked. A mixin. */
final class ApiOptions {

    private static final int MOST_REQUESTS = 10_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--requests", paramLabel = "N", description = "Requests a second. Default: ${DEFAULT-VALUE}.")
    private int requests = 100;

    /** Refuses values that make no sense. */
    void check() {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new ParameterException(command.commandLine(), "--requests: from 1 to " + MOST_REQUESTS);
        }
    }

    /** Requests a second. */
    int requests() {
        return requests;
    }
}
