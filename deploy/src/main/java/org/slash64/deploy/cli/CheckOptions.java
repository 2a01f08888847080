package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Function;
import org.slash64.deploy.check.CheckOutput;
import org.slash64.deploy.check.CheckReport;
import org.slash64.deploy.check.Grade;
import org.slash64.enrichers.dns.Dns;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom to ask and how to show it. A mixin. */
public final class CheckOptions {

    @Option(names = "--json", description = "JSON Lines: an object for each check, then one that sums up.")
    private boolean json;

    @Mixin
    private DnsOptions dns;

    /**
     * Runs a check and prints its report.
     *
     * @return the exit code: 1 where a check failed
     */
    int run(PrintWriter out, Function<Dns, CheckReport> check) throws IOException {
        CheckReport report;
        try (OpenDns open = dns.open()) {
            report = check.apply(open.client());
        }
        CheckOutput output = new CheckOutput(report);
        if (json) {
            output.printJson(out);
        } else {
            output.print(out);
        }
        out.flush();
        return report.count(Grade.FAIL) == 0 ? 0 : 1;
    }
}
