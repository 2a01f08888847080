package org.slash64.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slash64.connectors.allowlist.AllowlistException;
import org.slash64.deploy.config.Configuration;
import org.slash64.deploy.explain.RecordedStories;
import org.slash64.deploy.explain.Story;
import org.slash64.deploy.explain.StoryTables;
import org.slash64.deploy.explain.Storyteller;
import org.slash64.deploy.http.HttpSettings;
import org.slash64.deploy.http.Json;
import org.slash64.deploy.pipeline.Endpoints;
import org.slash64.deploy.pipeline.PipelineException;
import org.slash64.schemas.Subject;
import org.slash64.testkit.EmbeddedCluster;
import org.slash64.testkit.registry.EmbeddedRegistry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code slash64 explain}: the story of an address, a prefix or a domain. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Why an address, a prefix or a domain is listed or limited, since when, until when, and on what"
                + " evidence. Asks the slash64 that runs; of one that is stopped, reads the topics (--data).")
public final class ExplainCommand implements Callable<Integer> {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int MAX_ANSWER = 16 << 20;

    @Spec
    private CommandSpec command;

    @Parameters(
            paramLabel = "ADDRESS|PREFIX|DOMAIN",
            description = "Such as 2001:db8::25, 2001:db8::/48 or example.org.")
    private String asked;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where slash64 runs. Default: where the configuration says that it listens, or http://127.0.0.1:"
                            + HttpSettings.PORT + "/.")
    private String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Read the topics in the folder of a run that is stopped.")
    private Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration of the run. Default: none.")
    private Path file;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "The whole story as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Subject subject = Storyteller.subject(asked)
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "'" + asked + "' is no address, prefix without host bits, or domain name"));
        Configuration said = file == null ? Configuration.defaults() : Configuration.read(file);
        print(story(said, subject));
        return CommandLine.ExitCode.OK;
    }

    private Story story(Configuration said, Subject subject) throws Exception {
        if (data != null && url != null) {
            throw new ParameterException(command.commandLine(), "--url and --data do not go together");
        }
        if (data != null) {
            return recorded(said, subject);
        }
        return kafka.given() ? read(kafka.endpoints(said).orElseThrow(), said, subject) : ask(base(said));
    }

    private String base(Configuration said) {
        String base = url != null
                ? url
                : said.http()
                        .map(http -> http.scheme() + "://" + http.listen())
                        .orElse("http://127.0.0.1:" + HttpSettings.PORT);
        return base.endsWith("/") ? base : base + "/";
    }

    private Story ask(String base) throws PipelineException, InterruptedException {
        try {
            URI address = URI.create(base + "api/explain?subject=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
            HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(address).timeout(ANSWER).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MAX_ANSWER);
                if (response.statusCode() == 200) {
                    return Json.mapper().readValue(bytes, Story.class);
                }
                throw new PipelineException(base + " answers " + response.statusCode() + ": " + detail(bytes));
            }
        } catch (ConnectException e) {
            throw new PipelineException(
                    "no slash64 answers at " + base
                            + "; say where it runs with --url, or read the topics of one that is stopped with --data DIR",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new PipelineException("cannot ask " + base + ": " + e.getMessage(), e);
        }
    }

    private static String detail(byte[] problem) throws IOException {
        return new ObjectMapper().readTree(problem).path("detail").asText();
    }

    private Story recorded(Configuration said, Subject subject)
            throws IOException, InterruptedException, PipelineException, AllowlistException {
        if (!Files.isDirectory(data)) {
            throw new PipelineException("there is no data folder " + data + "; name the one of the run");
        }
        try (EmbeddedCluster cluster =
                EmbeddedCluster.start(data, said.kafkaPort(), said.registryPort(), EmbeddedRegistry.home())) {
            return read(new Endpoints(cluster.bootstrapServers(), cluster.registryUrl()), said, subject);
        }
    }

    private Story read(Endpoints endpoints, Configuration said, Subject subject)
            throws IOException, AllowlistException {
        try (RecordedStories stories = new RecordedStories(
                endpoints, ConfiguredRules.of(said).allowlist(), said.topology().windows())) {
            return stories.tell(asked, subject);
        }
    }

    private void print(Story story) throws JsonProcessingException {
        if (json) {
            command.commandLine().getOut().println(Json.mapper().writeValueAsString(story));
            command.commandLine().getOut().flush();
        } else {
            new StoryTables(command.commandLine().getOut()).print(story);
        }
    }
}
