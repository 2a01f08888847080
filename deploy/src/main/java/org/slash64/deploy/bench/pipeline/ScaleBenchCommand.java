package org.slash64.deploy.bench.pipeline;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slash64.deploy.bench.ReportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 bench scale}. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description =
                "The whole pipeline from smtp.events, DNS cached, with more threads, with more instances, and with"
                        + " more prefixes in its state, each against the first of its kind.")
public final class ScaleBenchCommand implements Callable<Integer> {

    private static final int LEAST_PREFIXES = 10_000;
    private static final int MOST_PREFIXES = 10_000_000;
    private static final int LEAST_EVENTS = 1_000;
    private static final int MOST_EVENTS = 10_000_000;

    @Spec
    private CommandSpec command;

    @Mixin
    private ReportOptions options;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of each. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events that are measured in a round, after as many, or one for each prefix. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int events = 200_000;

    @Option(
            names = "--prefixes",
            paramLabel = "N",
            description = "Most /64s in the state: 10000, and ten times as many each time up to this. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int prefixes = 1_000_000;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "KIND",
            description = "Of ${COMPLETION-CANDIDATES}, those that are measured. Default: all.")
    private ScaleKind[] only = ScaleKind.values();

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--rounds", rounds, 1, Integer.MAX_VALUE);
        check("--events", events, LEAST_EVENTS, MOST_EVENTS);
        check("--prefixes", prefixes, LEAST_PREFIXES, MOST_PREFIXES);
        Set<ScaleKind> kinds = EnumSet.copyOf(Arrays.asList(only));
        PrintWriter err = command.commandLine().getErr();
        ScaleReport report = new ScaleBench(rounds, events, prefixes, text -> {
                    err.println(text);
                    err.flush();
                })
                .measure(kinds);
        options.show(command.commandLine().getOut(), report.toJson(), report::print);
        return 0;
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command.commandLine(), option + ": from " + least + " to " + most);
        }
    }
}
