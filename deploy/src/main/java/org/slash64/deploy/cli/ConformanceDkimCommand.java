package org.slash64.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.slash64.deploy.conformance.DkimCaseRun;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.testkit.conformance.dkim.DkimCase;
import org.slash64.testkit.conformance.dkim.DkimCase.Mismatch;
import org.slash64.testkit.conformance.dkim.DkimSuite;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 conformance dkim}: a suite of signed messages. */
@Command(
        name = "dkim",
        mixinStandardHelpOptions = true,
        description = "Verifies the messages of a DKIM suite and compares the results with what its index expects."
                + " The exit code is 1 when a message fails.")
public final class ConformanceDkimCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "INDEX", description = "The index.yaml of the suite; messages lie beside it.")
    private Path index;

    @Option(names = "--allow-legacy", description = "Let rsa-sha1 and RSA keys under 1024 bits pass, against RFC 8301.")
    private boolean allowLegacy;

    @Option(
            names = "--json",
            description = "One message a line on standard output, passed ones too; the counts go to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(index) || Files.isDirectory(index)) {
            throw new IOException("cannot read the suite " + index);
        }
        DkimCaseRun run = new DkimCaseRun(allowLegacy, Instant.now());
        PrintWriter out = command.commandLine().getOut();
        int passed = 0;
        int failed = 0;
        for (DkimCase message : DkimSuite.read(index)) {
            List<DkimResult> results = run.verify(message);
            List<Mismatch> mismatches = message.judge(
                    results.stream().map(result -> result.status().text()).toList(), allowLegacy);
            list(out, message, mismatches, results);
            passed += mismatches.isEmpty() ? 1 : 0;
            failed += mismatches.isEmpty() ? 0 : 1;
        }
        out.flush();
        PrintWriter counts = json ? command.commandLine().getErr() : out;
        counts.println(passed + " passed, " + failed + " failed");
        counts.flush();
        return failed == 0 ? 0 : 1;
    }

    private void list(PrintWriter out, DkimCase message, List<Mismatch> mismatches, List<DkimResult> results) {
        String file = String.valueOf(message.file().getFileName());
        if (json) {
            out.println(toJson(file, mismatches, results));
            return;
        }
        for (Mismatch mismatch : mismatches) {
            out.println(file + ": signature " + mismatch.number() + ": expected " + mismatch.expected() + ", got "
                    + mismatch.got() + " (" + reason(mismatch, results) + ")");
        }
    }

    private static ObjectNode toJson(String file, List<Mismatch> mismatches, List<DkimResult> results) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("message", file);
        node.put("passed", mismatches.isEmpty());
        ArrayNode came = node.putArray("results");
        results.forEach(result -> came.add(result.status().text()));
        ArrayNode wrong = node.putArray("mismatches");
        for (Mismatch mismatch : mismatches) {
            wrong.addObject()
                    .put("signature", mismatch.number())
                    .put("expected", mismatch.expected())
                    .put("got", mismatch.got())
                    .put("reason", reason(mismatch, results));
        }
        return node;
    }

    private static String reason(Mismatch mismatch, List<DkimResult> results) {
        return mismatch.number() <= results.size()
                ? results.get(mismatch.number() - 1).reason()
                : "there is no such signature";
    }
}
