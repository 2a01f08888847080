package org.slash64.deploy.config.yaml;

import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML document as nodes. Nothing is constructed from it, and no part of it stands for another. */
final class Document {

    private Document() {}

    /** The root; empty where the document is, or where it is not YAML. */
    static Optional<Node> compose(String text, Mistakes mistakes) {
        LoaderOptions options = options();
        int before = mistakes.count();
        try {
            PlainStructure.check(parser(text, options), mistakes);
            return mistakes.count() > before
                    ? Optional.empty()
                    : Optional.ofNullable(new Composer(parser(text, options), new Resolver(), options).getSingleNode());
        } catch (YAMLException e) {
            mistakes.add(line(e, text), "", problem(e));
            return Optional.empty();
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(PlainStructure.MAX_DEPTH);
        options.setCodePointLimit(TextFile.MAX_BYTES);
        options.setMaxAliasesForCollections(0);
        options.setProcessComments(false);
        return options;
    }

    private static Parser parser(String text, LoaderOptions options) {
        return new ParserImpl(new StreamReader(text), options);
    }

    private static int line(YAMLException e, String text) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return marked.getProblemMark().getLine() + 1;
        }
        return e instanceof ReaderException reader
                ? TextFile.lines(text.substring(0, Math.min(reader.getPosition(), text.length())))
                : 0;
    }

    private static String problem(YAMLException e) {
        if (e instanceof ReaderException reader) {
            String character = String.format(Locale.ROOT, "U+%04X", reader.getCodePoint());
            return "has the character " + character + ", which YAML does not allow; leave it out";
        }
        if (e instanceof MarkedYAMLException marked) {
            String context = marked.getContext() == null ? "" : ", " + marked.getContext();
            return "is not YAML: " + Shown.plain(marked.getProblem() + context) + "; mind indentation and quotes";
        }
        return "is not YAML: " + Shown.plain(String.valueOf(e.getMessage())) + "; mind indentation and quotes";
    }
}
