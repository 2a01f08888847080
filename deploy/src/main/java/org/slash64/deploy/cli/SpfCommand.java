package org.slash64.deploy.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.slash64.deploy.report.SpfReport;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfLimits;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.enrichers.spf.SpfResult;
import org.slash64.schemas.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code slash64 spf}: one check. */
@Command(
        name = "spf",
        mixinStandardHelpOptions = true,
        description = "Checks whether a client may send for a domain (RFC 7208), and says how that came about.")
public final class SpfCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--ip",
            required = true,
            paramLabel = "ADDRESS",
            description = "The client's address, IPv4 or IPv6.")
    private String ip;

    @Option(
            names = "--mail-from",
            paramLabel = "SENDER",
            description = "The sender of MAIL FROM; empty or left out for the null sender, which stands for"
                    + " postmaster@HELO.")
    private String sender = "";

    @Option(names = "--helo", paramLabel = "NAME", description = "What the client called itself.")
    private String helo = "";

    @Option(
            names = "--void-lookups",
            paramLabel = "N",
            description = "Questions that DNS may answer with nothing; one more is a permerror. Default:"
                    + " ${DEFAULT-VALUE} (RFC 7208 section 4.6.4).")
    private int voidLookups = SpfLimits.DEFAULTS.voidLookups();

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Mixin
    private DnsOptions dns;

    @Override
    public Integer call() throws IOException {
        SpfQuery query = query();
        SpfResult result = check(query);
        PrintWriter out = command.commandLine().getOut();
        SpfReport report = new SpfReport(query, result);
        if (json) {
            out.println(report.toJson());
        } else {
            report.print(out);
        }
        out.flush();
        return 0;
    }

    private SpfQuery query() {
        boolean bracketed = sender.startsWith("<") && sender.endsWith(">");
        String bare = bracketed ? sender.substring(1, sender.length() - 1) : sender;
        if (bare.isEmpty() && helo.isEmpty()) {
            throw bad("nothing to check: give --mail-from or --helo");
        }
        if (voidLookups < 0) {
            throw bad("--void-lookups: not below zero");
        }
        Address client = Address.parse(ip).orElseThrow(() -> bad("no address: " + ip));
        return SpfQuery.mailFrom(client.toInetAddress(), bare, helo);
    }

    private SpfResult check(SpfQuery query) throws IOException {
        SpfLimits limits = SpfLimits.DEFAULTS.withVoidLookups(voidLookups);
        try (OpenDns open = dns.open()) {
            return new Spf(open.client(), limits, Spf.UNKNOWN_RECEIVER, Clock.systemUTC())
                    .check(query)
                    .join();
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
