package org.slash64.deploy.cli;

import java.util.Optional;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.pipeline.Endpoints;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name the user's own Kafka and registry. */
final class KafkaOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT[,...]", description = "Your own Kafka.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Your own registry: base URL of its Confluent-compatible API.")
    private String schemaRegistry;

    /** True where the options name the user's own. */
    boolean given() {
        return bootstrapServers != null || schemaRegistry != null;
    }

    /** The user's services, by the options or else by the configuration; empty for the embedded ones. */
    Optional<Endpoints> endpoints(Configuration said) {
        if ((bootstrapServers == null) != (schemaRegistry == null)) {
            throw new ParameterException(
                    command.commandLine(), "--bootstrap-servers and --schema-registry go together");
        }
        return bootstrapServers == null
                ? said.endpoints()
                : Optional.of(said.endpoints()
                        .map(own -> own.at(bootstrapServers, schemaRegistry))
                        .orElseGet(() -> new Endpoints(bootstrapServers, schemaRegistry)));
    }
}
