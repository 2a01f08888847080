package org.slash64.deploy.bench.pipeline;

import org.slash64.testkit.load.Mix;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the load is. A mixin. */
public final class LoadOptions {

    private static final Mix STANDARD = Mix.standard();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--events", paramLabel = "N", description = "Events of a round. Default: ${DEFAULT-VALUE}.")
    private int events = 400_000;

    @Option(
            names = "--per-second",
            paramLabel = "N",
            description = "Events in each second of event time. Default: ${DEFAULT-VALUE}.")
    private int perSecond = 2_000;

    @Option(
            names = "--messages",
            paramLabel = "SHARE",
            description = "Share of messages; the others are connections. Default: ${DEFAULT-VALUE}.")
    private double messages = STANDARD.messages();

    @Option(
            names = "--signed",
            paramLabel = "SHARE",
            description = "Share of messages with a DKIM signature. Default: ${DEFAULT-VALUE}.")
    private double signed = STANDARD.signed();

    @Option(
            names = "--ipv6",
            paramLabel = "SHARE",
            description = "Share of networks that are IPv6. Default: ${DEFAULT-VALUE}.")
    private double ipv6 = STANDARD.ipv6();

    @Option(names = "--networks", paramLabel = "N", description = "Networks. Default: ${DEFAULT-VALUE}.")
    private int networks = STANDARD.networks();

    @Option(names = "--domains", paramLabel = "N", description = "Sender domains. Default: ${DEFAULT-VALUE}.")
    private int domains = STANDARD.domains();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is drawn. Default: ${DEFAULT-VALUE}.")
    private long seed = STANDARD.seed();

    /** The load, all answers about it at hand. */
    Load load(double oneNetwork) {
        if (events < 1) {
            throw new ParameterException(command.commandLine(), "--events: at least 1");
        }
        Load load = new Load(mix(oneNetwork), events);
        load.warm();
        return load;
    }

    private Mix mix(double oneNetwork) {
        try {
            return new Mix(seed, messages, signed, ipv6, networks, domains, oneNetwork, perSecond, STANDARD.start());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }
}
