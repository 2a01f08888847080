package org.slash64.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.slash64.connectors.mta.LogParsers;
import org.slash64.schemas.FcrdnsResult;

class SmtpTopologyTest {

    /** Names of topics between the steps and of stores follow from the graph, so a change asks for care with running data. */
    @Test
    void build_isTheGraphThatIsOnRecord() throws IOException {
        TopologySettings settings = TopologySettings.defaults().withZone(ZoneOffset.UTC);
        String graph = new SmtpTopology(
                        settings,
                        LogParsers.all(),
                        new SchemasInMemory(),
                        (event, client) -> CompletableFuture.completedFuture(Events.found(FcrdnsResult.PASS)),
                        new PipelineStatistics(),
                        4)
                .build()
                .describe()
                .toString();
        Path fresh = Files.writeString(Path.of("target", "topology.txt"), graph);
        assertThat(graph)
                .as("the graph is another one; if that is meant: cp topology/%s topology/src/test/resources/", fresh)
                .isEqualTo(onRecord());
    }

    private static String onRecord() throws IOException {
        try (InputStream in = SmtpTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
