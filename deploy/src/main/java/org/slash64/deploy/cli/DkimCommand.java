package org.slash64.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.slash64.enrichers.dkim.DkimCollector;
import org.slash64.enrichers.dkim.DkimFlag;
import org.slash64.enrichers.dkim.DkimLimits;
import org.slash64.enrichers.dkim.DkimMaterial;
import org.slash64.enrichers.dkim.DkimResult;
import org.slash64.enrichers.dkim.DkimSettings;
import org.slash64.enrichers.dkim.DkimStatus;
import org.slash64.enrichers.dkim.DkimVerifier;
import org.slash64.enrichers.dkim.LineEnds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 dkim}: the signatures of one message. */
@Command(
        name = "dkim",
        mixinStandardHelpOptions = true,
        description = "Verifies the DKIM signatures of a message (RFC 6376, 8301, 8463) as of now.")
public final class DkimCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "MESSAGE",
            description = "The message as a file, with line ends CRLF, or LF, which stands for CRLF then.")
    private Path file;

    @Option(names = "--allow-legacy", description = "Let rsa-sha1 and RSA keys under 1024 bits pass, against RFC 8301.")
    private boolean allowLegacy;

    @Option(names = "--json", description = "The verdicts as JSON, one signature a line.")
    private boolean json;

    @Mixin
    private DnsOptions dns;

    @Override
    public Integer call() throws Exception {
        DkimMaterial material = collect();
        try (OpenDns open = dns.open()) {
            DkimSettings settings = DkimSettings.DEFAULTS.withLegacy(allowLegacy);
            DkimVerifier verifier = new DkimVerifier(open.client(), settings);
            print(material, verifier.verify(material, Instant.now()).get());
        }
        return 0;
    }

    private DkimMaterial collect() throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new IOException("cannot read the message " + file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return DkimCollector.collect(in, LineEnds.OF_FIRST_LINE, DkimLimits.DEFAULTS);
        }
    }

    private void print(DkimMaterial material, List<DkimResult> results) {
        PrintWriter out = command.commandLine().getOut();
        if (results.isEmpty()) {
            out.println(json ? none() : "dkim=" + DkimStatus.NONE.text() + " (no signature)");
        }
        for (DkimResult result : results) {
            out.println(json ? node(result) : line(result));
        }
        if (!json) {
            printRemarks(out, material);
        }
        out.flush();
    }

    private static void printRemarks(PrintWriter out, DkimMaterial material) {
        if (material.passedOver() > 0) {
            out.println("  " + material.passedOver() + " more signatures were not evaluated");
        }
        if (material.fromFields() != 1) {
            out.println("  the header has " + material.fromFields() + " From fields, not one");
        }
    }

    private static String line(DkimResult result) {
        StringBuilder line = new StringBuilder("dkim=").append(result.status().text());
        append(line, "header.d", result.signer().domain());
        append(line, "header.s", result.signer().selector());
        append(line, "header.i", result.signer().identity());
        append(line, "header.a", result.signer().algorithm());
        line.append(" (").append(result.reason());
        if (result.keyBits() > 0) {
            line.append(", key of ").append(result.keyBits()).append(" bits");
        }
        flags(result).forEach(flag -> line.append(", ").append(flag));
        return line.append(')').toString();
    }

    private static void append(StringBuilder line, String property, String value) {
        if (!value.isEmpty()) {
            line.append(' ').append(property).append('=').append(value);
        }
    }

    private static List<String> flags(DkimResult result) {
        return result.flags().stream().sorted().map(DkimFlag::text).toList();
    }

    private static ObjectNode none() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("result", DkimStatus.NONE.text());
        node.put("reason", "no signature");
        return node;
    }

    private static ObjectNode node(DkimResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("result", result.status().text());
        node.put("domain", result.signer().domain());
        node.put("selector", result.signer().selector());
        node.put("identity", result.signer().identity());
        node.put("algorithm", result.signer().algorithm());
        node.put("keyBits", result.keyBits());
        ArrayNode flags = node.putArray("flags");
        flags(result).forEach(flags::add);
        node.put("reason", result.reason());
        return node;
    }
}
