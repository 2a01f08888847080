package org.slash64.deploy.config.yaml;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A file, or text, and how it is read.
 *
 * @param doc what the file is, for the reference
 * @param reader asks for the fields
 */
public record YamlFile<T>(String doc, Function<Section, T> reader) {

    /**
     * Reads a file.
     *
     * @throws YamlException with all mistakes, where there are any
     */
    public T read(Path file) throws YamlException {
        Mistakes mistakes = new Mistakes();
        Optional<T> read = TextFile.read(file, mistakes).flatMap(text -> read(text, mistakes));
        return read.orElseThrow(() -> new YamlException(mistakes.in(file.toString())));
    }

    /**
     * Reads text.
     *
     * @param name what mistakes call it
     * @throws YamlException with all mistakes, where there are any
     */
    public T read(String name, String text) throws YamlException {
        Mistakes mistakes = new Mistakes();
        return read(text, mistakes).orElseThrow(() -> new YamlException(mistakes.in(name)));
    }

    private Optional<T> read(String text, Mistakes mistakes) {
        Optional<Node> root = Document.compose(text, mistakes);
        return mistakes.count() > 0
                ? Optional.empty()
                : Section.read(new Value("", 1, root, mistakes), new Declarations(), doc, reader);
    }

    /** All fields, as they are declared by reading nothing. */
    public List<Declarations.Group> declared() {
        Declarations declarations = new Declarations();
        Section.read(new Value("", 1, Optional.empty(), new Mistakes()), declarations, doc, reader);
        return declarations.groups();
    }
}
