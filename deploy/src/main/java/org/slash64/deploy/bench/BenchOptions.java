package org.slash64.deploy.bench;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all benches take, and how their result is shown. A mixin. */
public final class BenchOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of each side, " + Rounds.MIN_ROUNDS + " at least. Default: ${DEFAULT-VALUE}.")
    private int rounds = Rounds.MIN_ROUNDS;

    @Mixin
    private ReportOptions shown;

    /**
     * Measures, with progress on standard error and the result on standard output.
     *
     * @return the exit code; a ratio under the target is a result, not a failure
     */
    public int run(Bench bench) throws IOException, InterruptedException {
        CommandLine line = command.commandLine();
        if (rounds < Rounds.MIN_ROUNDS) {
            throw new ParameterException(line, "--rounds: " + Rounds.MIN_ROUNDS + " at least");
        }
        PrintWriter err = line.getErr();
        BenchReport report = new Rounds(rounds, text -> {
                    err.println(text);
                    err.flush();
                })
                .measure(bench);
        shown.show(line.getOut(), report.toJson(), report::print);
        return CommandLine.ExitCode.OK;
    }
}
