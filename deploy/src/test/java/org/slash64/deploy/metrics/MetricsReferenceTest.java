package org.slash64.deploy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of metrics, asked of them and alerted on is what there is. */
class MetricsReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "metrics.md");
    private static final Pattern METRIC = Pattern.compile("\\b(slash64|kafka|jvm|process|system)_[a-z0-9_]+");

    private final MetricsReference reference = new MetricsReference();

    @Test
    void markdown_isTheReferenceThatIsOnRecord() throws IOException {
        String made = reference.markdown();
        Path fresh = Files.writeString(Path.of("target", "metrics.md"), made);
        assertThat(made)
                .as("the metrics are others; if that is meant: cp deploy/%s docs/", fresh)
                .isEqualTo(Files.exists(REFERENCE) ? Files.readString(REFERENCE) : "");
    }

    @Test
    void everyMetric_saysWhatItIs() {
        assertThat(reference.own())
                .extracting(Meter::getId)
                .allSatisfy(
                        id -> assertThat(id.getDescription()).as(id.getName()).endsWith("."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana/slash64.json", "prometheus/slash64.rules.yml"})
    void queries_nameMetricsThatThereAre(String file) throws IOException {
        SortedSet<String> named = new TreeSet<>(METRIC.matcher(Files.readString(Path.of(file)))
                .results()
                .map(match -> match.group())
                .toList());
        assertThat(named).hasSizeGreaterThan(5);
        assertThat(reference.names()).containsAll(List.copyOf(named));
    }
}
