package org.slash64.deploy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.slash64.enrichers.fcrdns.Fcrdns;
import org.slash64.enrichers.fcrdns.FcrdnsResult;
import org.slash64.enrichers.fcrdns.GenericName;
import org.slash64.schemas.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 ptr}: forward-confirmed reverse DNS of one address. */
@Command(
        name = "ptr",
        mixinStandardHelpOptions = true,
        description =
                "Looks up whether the reverse DNS of an address leads back to it (RFC 8601 section 2.7.3, iprev).")
public final class PtrCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "ADDRESS", description = "The address, IPv4 or IPv6.")
    private String ip;

    @Option(names = "--json", description = "The verdict as JSON on one line.")
    private boolean json;

    @Mixin
    private DnsOptions dns;

    @Override
    public Integer call() throws Exception {
        Address address =
                Address.parse(ip).orElseThrow(() -> new ParameterException(command.commandLine(), "no address: " + ip));
        try (OpenDns open = dns.open()) {
            FcrdnsResult result =
                    new Fcrdns(open.client()).check(address.toInetAddress()).get();
            print(command.commandLine().getOut(), address, result);
        }
        return 0;
    }

    private void print(PrintWriter out, Address address, FcrdnsResult result) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("ip", address.toString());
            node.put("result", result.status().text());
            addAll(node, "confirmed", result.confirmed());
            addAll(node, "names", result.names());
            node.put("generic", result.looksGeneric());
            ArrayNode generic = node.putArray("generic_names");
            result.generic().forEach(name -> add(generic, name));
            node.put("reason", result.reason());
            out.println(node);
        } else {
            out.println(address + ": " + result.status().text() + " (" + result.reason() + ")");
            result.names().forEach(name -> out.println("  " + describe(name, result)));
        }
        out.flush();
    }

    private static void add(ArrayNode generic, GenericName name) {
        ObjectNode node = generic.addObject();
        node.put("name", name.name());
        ArrayNode signs = node.putArray("signs");
        name.signs().forEach(sign -> signs.add(sign.name().toLowerCase(Locale.ROOT)));
        node.put("reason", name.reason());
    }

    private static String describe(String name, FcrdnsResult result) {
        String confirmed = result.confirmed().contains(name) ? " has the address" : " does not have the address";
        return result.generic().stream()
                .filter(generic -> generic.name().equals(name))
                .findFirst()
                .map(generic -> name + confirmed + "; looks generic: " + generic.reason())
                .orElse(name + confirmed);
    }

    private static void addAll(ObjectNode node, String field, List<String> names) {
        names.forEach(node.putArray(field)::add);
    }
}
