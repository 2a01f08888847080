package org.slash64.deploy.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.slash64.deploy.conformance.SpfCaseResult;
import org.slash64.deploy.conformance.SpfSuiteRun;
import org.slash64.testkit.conformance.spf.SpfSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 conformance spf}. */
@Command(
        name = "spf",
        mixinStandardHelpOptions = true,
        description = "Runs an SPF suite in the layout of openspf (RFC 7208) and lists the cases that fail.")
public final class ConformanceSpfCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "SUITE.yml", description = "The suite: YAML documents with tests and zonedata.")
    private Path file;

    @Option(
            names = "--json",
            description = "One case a line on standard output, passed ones too; the counts go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("cannot read the suite " + file);
        }
        List<SpfCaseResult> results = SpfSuiteRun.run(SpfSuite.read(file));
        long failed = results.stream().filter(result -> !result.passed()).count();
        list(results);
        PrintWriter counts =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        counts.println((results.size() - failed) + " passed, " + failed + " failed");
        counts.flush();
        return failed == 0 ? 0 : 1;
    }

    private void list(List<SpfCaseResult> results) {
        PrintWriter out = command.commandLine().getOut();
        for (SpfCaseResult result : results) {
            if (json) {
                out.println(toJson(result));
            } else if (!result.passed()) {
                out.println(result.scenario() + ": " + result.expected().name() + ": expected " + result.wanted()
                        + ", got " + result.came());
            }
        }
        out.flush();
    }

    private static ObjectNode toJson(SpfCaseResult result) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scenario", result.scenario())
                .put("case", result.expected().name())
                .put("passed", result.passed())
                .put("expected", result.wanted())
                .put("got", result.came());
    }
}
