package org.slash64.deploy.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slash64.deploy.check.CheckLimits;
import org.slash64.deploy.check.CheckReport;
import org.slash64.deploy.check.SenderCheck;
import org.slash64.deploy.check.SenderQuestion;
import org.slash64.enrichers.dns.Dns;
import org.slash64.enrichers.domain.DomainName;
import org.slash64.schemas.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 check sender}: what receivers find out about a sender. */
@Command(
        name = "sender",
        mixinStandardHelpOptions = true,
        description =
                "Looks at what a domain or an address that sends mail shows to receivers: reverse DNS, SPF, DKIM keys,"
                        + " MX. Ends with 1 when a check failed.")
public final class CheckSenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "DOMAIN|ADDRESS", description = "The domain of the sender, or one address.")
    private String sender;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            split = ",",
            converter = AddressConverter.class,
            description =
                    "Where the domain sends from; repeated or with commas. Default: the hosts of its SPF record, and"
                            + " the MX targets that it lets send.")
    private List<Address> addresses = List.of();

    @Option(
            names = "--helo",
            paramLabel = "NAME",
            split = ",",
            converter = DomainConverter.class,
            description = "What the hosts call themselves in EHLO; repeated or with commas. Default: the PTR names.")
    private List<DomainName> heloNames = List.of();

    @Option(
            names = "--selector",
            paramLabel = "NAME",
            split = ",",
            description = "Selectors of DKIM keys to look at; repeated or with commas.")
    private List<String> selectors = List.of();

    @Mixin
    private CheckOptions options;

    @Override
    public Integer call() throws IOException {
        Optional<Address> address = Address.parse(sender);
        DomainName domain = DomainName.parse(sender);
        if (address.isPresent() && !(addresses.isEmpty() && selectors.isEmpty())) {
            throw bad("--address and --selector are for a domain");
        }
        if (address.isEmpty() && !domain.isName()) {
            throw bad("no domain and no address: " + domain.reason());
        }
        SenderQuestion question = question();
        return options.run(command.commandLine().getOut(), dns -> report(dns, question, address, domain));
    }

    private static CheckReport report(Dns dns, SenderQuestion question, Optional<Address> address, DomainName domain) {
        SenderCheck check = new SenderCheck(dns, question);
        return address.isPresent() ? check.ofAddress(address.get()) : check.ofDomain(domain);
    }

    private SenderQuestion question() {
        atMost("--address", addresses, CheckLimits.MAX_ADDRESSES);
        atMost("--helo", heloNames, CheckLimits.MAX_HELO_NAMES);
        atMost("--selector", selectors, CheckLimits.MAX_SELECTORS);
        return new SenderQuestion(addresses, heloNames, selectors);
    }

    private void atMost(String option, List<?> values, int most) {
        if (values.size() > most) {
            throw bad(option + ": at most " + most);
        }
    }

    private ParameterException bad(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
