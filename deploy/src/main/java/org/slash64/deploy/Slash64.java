package org.slash64.deploy;

import java.io.Writer;
import java.util.List;
import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.deploy.bench.BenchCommand;
import org.slash64.deploy.cli.CheckCommand;
import org.slash64.deploy.cli.ConformanceCommand;
import org.slash64.deploy.cli.DemoCommand;
import org.slash64.deploy.cli.DkimCommand;
import org.slash64.deploy.cli.ExplainCommand;
import org.slash64.deploy.cli.ExportCommand;
import org.slash64.deploy.cli.ParseCommand;
import org.slash64.deploy.cli.PtrCommand;
import org.slash64.deploy.cli.ReplayCommand;
import org.slash64.deploy.cli.RunCommand;
import org.slash64.deploy.cli.SpfCommand;
import org.slash64.deploy.cli.TerminalWriter;
import org.slash64.deploy.config.yaml.YamlException;
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
            ExportCommand.class,
            ExplainCommand.class,
            ParseCommand.class,
            PtrCommand.class,
            SpfCommand.class,
            DkimCommand.class,
            CheckCommand.class,
            ConformanceCommand.class,
            BenchCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "slash64 " + Slash64.VERSION,
        synopsisSubcommandLabel = "COMMAND")
public final class Slash64 {

    /** As {@code --version} and the API tell it. */
    public static final String VERSION = "0.1.0";

    private Slash64() {}

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        System.exit(code);
    }

    /** The program's commands, with its way of telling errors. */
    public static CommandLine commandLine() {
        CommandLine program = new CommandLine(new Slash64());
        return onTerminal(program, program.getOut(), program.getErr());
    }

    /** The same, on another terminal than this process has. */
    public static CommandLine commandLine(Writer out, Writer err) {
        return onTerminal(new CommandLine(new Slash64()), out, err);
    }

    private static CommandLine onTerminal(CommandLine program, Writer out, Writer err) {
        return program.setOut(TerminalWriter.before(out))
                .setErr(TerminalWriter.before(err))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((exception, args) -> {
                    CommandLine command = exception.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr().println("slash64: " + exception.getMessage() + " (see " + name + " --help)");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    List<String> mistakes = mistakesInFiles(exception);
                    if (!mistakes.isEmpty()) {
                        mistakes.forEach(command.getErr()::println);
                        return CommandLine.ExitCode.USAGE;
                    }
                    command.getErr().println("slash64: " + message(exception));
                    if (!(exception instanceof PipelineException)) {
                        LoggerFactory.getLogger(Slash64.class).debug("failed", exception);
                    }
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Each names its file and line itself; empty where something else went wrong. */
    private static List<String> mistakesInFiles(Exception exception) {
        if (exception instanceof YamlException configuration) {
            return configuration.mistakes();
        }
        return exception instanceof AllowlistException allowlist ? allowlist.mistakes() : List.of();
    }

    private static String message(Throwable exception) {
        return exception.getMessage() == null ? exception.toString() : exception.getMessage();
    }
}
