package org.slash64.deploy.bench.soak;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 bench soak}. */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Load with faults: a DNS outage, slow DNS, a full queue, a broker restart, a killed instance, a clock that steps,"
                    + " and one malformed record of twenty throughout. At the end every line and every event must be"
                    + " accounted for, counts must be those of an offline recount, and from "
                    + Soak.FLAT_FROM_MINUTES + " minutes on heap and threads must be flat.",
            "Ends with 0 if all is so, and with 1 if not."
        })
public final class SoakBenchCommand implements Callable<Integer> {

    private static final int MOST_RATE = 2_000;

    /** Events in a whole run; all of them are remembered to its end, in 768 MiB. */
    private static final int MOST_EVENTS = 360_000;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description = "Minutes of load, " + Schedule.LEAST_MINUTES + " at least: all faults happen in any run,"
                    + " further apart in a longer one. Default: ${DEFAULT-VALUE}.")
    private int minutes = 10;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second, and as many log lines. Default: ${DEFAULT-VALUE}.")
    private int rate = 200;

    @Option(names = "--json", description = "The result as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check("--minutes", minutes, Schedule.LEAST_MINUTES, Schedule.MOST_MINUTES);
        check("--rate", rate, SoakLoad.MALFORMED, MOST_RATE);
        if (minutes * 60 * rate > MOST_EVENTS) {
            throw new ParameterException(
                    command.commandLine(),
                    "--minutes, --rate: " + MOST_EVENTS + " events at most, such as 30 minutes at 200 events a second");
        }
        PrintWriter err = command.commandLine().getErr();
        SoakResult result = new Soak(minutes, rate, text -> {
                    err.println(text);
                    err.flush();
                })
                .run();
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(result.toJson());
        } else {
            result.print(out);
        }
        out.flush();
        return result.isOk() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(command.commandLine(), option + ": from " + least + " to " + most);
        }
    }
}
