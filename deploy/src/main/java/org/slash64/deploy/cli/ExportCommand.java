package org.slash64.deploy.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.connectors.follow.FollowedRecords;
import org.slash64.connectors.publish.BlocklistPublisher;
import org.slash64.connectors.publish.Publication;
import org.slash64.connectors.publish.PublishedState;
import org.slash64.connectors.publish.PublishedVersion;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineException;
import org.slash64.deploy.pipeline.PublishSettings;
import org.slash64.deploy.pipeline.PublishedFormat;
import org.slash64.deploy.pipeline.TopicReader;
import org.slash64.schemas.Topic;
import org.slash64.schemas.registry.RegistryClient;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slash64 export}: the list as of now, in files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Writes what is listed now, once, as run does all the time. It reads your own Kafka, or the data"
                + " folder of a run that has ended.")
public final class ExportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            converter = FormatConverter.class,
            description = "rbldnsd, postfix-cidr, nftables, rpz, csv or json; may be repeated. Default: those of the"
                    + " configuration, or all.")
    private List<PublishedFormat> formats = List.of();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for the files.")
    private Path out;

    @Option(
            names = "--confirm",
            description = "Write it also where it differs more from the last version in the folder than the"
                    + " configuration allows.")
    private boolean confirm;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration of the run. Default: none.")
    private Path file;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder of the run. Default: data.")
    private Path data;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() throws Exception {
        Configuration said = file == null ? Configuration.defaults() : Configuration.read(file);
        Optional<Endpoints> own = kafka.endpoints(said);
        if (own.isPresent()) {
            export(own.get(), said);
        } else {
            exportEmbedded(said);
        }
        return CommandLine.ExitCode.OK;
    }

    private void exportEmbedded(Configuration said)
            throws IOException, InterruptedException, PipelineException, AllowlistException {
        Path folder = data == null ? said.data() : data;
        if (!Files.isDirectory(folder)) {
            throw new PipelineException("there is no data folder " + folder
                    + "; name the one of the run with --data, or your Kafka with --bootstrap-servers");
        }
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(folder, said.kafkaPort(), said.registryPort(), EmbeddedRegistry.home())) {
            export(new Endpoints(cluster.bootstrapServers(), cluster.registryUrl()), said);
        }
    }

    private void export(Endpoints endpoints, Configuration said)
            throws IOException, PipelineException, AllowlistException {
        PublishedState state = new PublishedState(ConfiguredRules.of(said).allowlist());
        try (RegistryClient registry = endpoints.registry()) {
            FollowedRecords values = new FollowedRecords(registry, BlocklistPublisher.TOPICS);
            for (Topic<? extends SpecificRecord> topic : BlocklistPublisher.TOPICS) {
                new TopicReader(endpoints)
                        .read(topic.name(), values, record -> state.take(topic.name(), record.key(), record.value()));
            }
        }
        PublishSettings settings =
                formats.isEmpty() ? said.publish() : said.publish().withFormats(formats);
        Publication publication = settings.into(out, said.link(), Clock.systemUTC());
        tell(confirm ? publication.publishUnchecked(state) : publication.publish(state));
    }

    private void tell(Publication.Outcome outcome) throws PipelineException {
        if (outcome.objection().isPresent()) {
            throw new PipelineException(outcome.objection().get() + " (or: --confirm)");
        }
        PublishedVersion version = outcome.version();
        command.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "version %d: %,d prefixes, %,d domains in %s%n",
                        version.version(),
                        version.prefixes(),
                        version.domains(),
                        out);
        command.commandLine().getOut().flush();
    }

    /** Formats are called as in the configuration. */
    static final class FormatConverter implements CommandLine.ITypeConverter<PublishedFormat> {

        @Override
        public PublishedFormat convert(String value) {
            try {
                return PublishedFormat.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(
                        "'" + value + "' is none of rbldnsd, postfix-cidr, nftables, rpz, csv, json");
            }
        }
    }
}
