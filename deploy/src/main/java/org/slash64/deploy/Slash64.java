package org.slash64.deploy;

import org.slash64.deploy.bench.BenchCommand;
import org.slash64.deploy.cli.ConformanceCommand;
import org.slash64.deploy.cli.DemoCommand;
import org.slash64.deploy.cli.DkimCommand;
import org.slash64.deploy.cli.ParseCommand;
import org.slash64.deploy.cli.PtrCommand;
import org.slash64.deploy.cli.ReplayCommand;
import org.slash64.deploy.cli.RunCommand;
import org.slash64.deploy.cli.SpfCommand;
import org.slash64.deploy.pipeline.PipelineException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: exit code 0 for success, 1 for failure, 2 for bad use, each failure with one line that says why. */
@Command(
        name = "slash64",
        description = "Sender reputation for mail over IPv6: from mail logs to blocklists, on Kafka.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            ParseCommand.class,
            PtrCommand.class,
            SpfCommand.class,
            DkimCommand.class,
            ConformanceCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "slash64 0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Slash64 {

    private Slash64() {}

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        System.exit(code);
    }

    /** The program's commands, with its way of telling errors. */
    public static CommandLine commandLine() {
        return new CommandLine(new Slash64())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, args) -> {
                    CommandLine command = exception.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr().println("slash64: " + exception.getMessage() + " (see " + name + " --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    command.getErr().println("slash64: " + message(exception));
                    if (!(exception instanceof PipelineException)) {
                        LoggerFactory.getLogger(Slash64.class).debug("failed", exception);
                    }
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static String message(Throwable exception) {
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }
}
