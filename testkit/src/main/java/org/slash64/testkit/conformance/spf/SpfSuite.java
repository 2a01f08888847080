package org.slash64.testkit.conformance.spf;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A suite in the layout of openspf: a file of YAML documents, each with {@code description}, {@code tests} and {@code
 * zonedata}. Its nodes are read as text, nothing is constructed from their tags.
 */
public record SpfSuite(List<SpfScenario> scenarios) {
    /** The known suites have 80 kB. */
    public static final int MAX_BYTES = 16 << 20;

    private static final int MAX_DEPTH = 20;

    /** Copies the list. */
    public SpfSuite {
        scenarios = List.copyOf(scenarios);
    }

    /**
     * Reads a suite.
     *
     * @throws SuiteFormatException when the file is no suite
     * @throws IOException when it cannot be read
     */
    public static SpfSuite read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new SuiteFormatException(file + ": more than " + MAX_BYTES + " bytes");
        }
        return parse(text(Files.readAllBytes(file)), file.toString());
    }

    /** UTF-8, or where it is not, Latin-1. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /**
     * Reads the text of a suite.
     *
     * @param source what errors call it
     * @throws SuiteFormatException when it is no suite
     */
    public static SpfSuite parse(String text, String source) throws SuiteFormatException {
        List<SpfScenario> scenarios = new ArrayList<>();
        try {
            for (Node document : yaml().composeAll(new StringReader(text))) {
                if (document instanceof MappingNode mapping) {
                    scenarios.add(new ScenarioReader(source).read(mapping));
                }
            }
        } catch (YAMLException e) {
            throw new SuiteFormatException(source + ": " + e.getMessage(), e);
        }
        if (scenarios.isEmpty()) {
            throw new SuiteFormatException(source + ": no test scenarios in it");
        }
        return new SpfSuite(scenarios);
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        return new Yaml(options);
    }
}
