package org.slash64.deploy.cli;

import picocli.CommandLine.Command;

/** {@code slash64 check}: what the other side sees. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Tells a postmaster what the other side sees, and what to publish.",
        subcommands = {CheckSenderCommand.class, CheckReceiverCommand.class},
        synopsisSubcommandLabel = "SIDE")
public final class CheckCommand {}
