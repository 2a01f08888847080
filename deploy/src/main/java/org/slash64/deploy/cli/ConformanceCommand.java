package org.slash64.deploy.cli;

import picocli.CommandLine.Command;

/** {@code slash64 conformance}: public test suites. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = "Runs a public test suite; the last line says how many cases passed and failed.",
        subcommands = {ConformanceSpfCommand.class, ConformanceDkimCommand.class},
        synopsisSubcommandLabel = "SUITE")
public final class ConformanceCommand {}
