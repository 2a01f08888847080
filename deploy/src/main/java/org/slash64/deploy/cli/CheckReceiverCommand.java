package org.slash64.deploy.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.slash64.deploy.check.ReceiverCheck;
import org.slash64.enrichers.domain.DomainName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 check receiver}: where mail to a domain goes. */
@Command(
        name = "receiver",
        mixinStandardHelpOptions = true,
        description =
                "Looks at the MX of a domain, and whether a sender that is answered 421 over IPv6 would come to an"
                        + " IPv4 target. Ends with 1 when a check failed.")
public final class CheckReceiverCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Parameters(paramLabel = "DOMAIN", converter = DomainConverter.class, description = "The domain that gets mail.")
    private DomainName domain;

    @Mixin
    private CheckOptions options;

    @Override
    public Integer call() throws IOException {
        return options.run(command.commandLine().getOut(), dns -> new ReceiverCheck(dns).of(domain));
    }
}
