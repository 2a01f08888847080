package org.slash64.testkit.conformance.dkim;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slash64.testkit.conformance.dkim.KeyAnswer.Failure;
import org.slash64.testkit.conformance.dkim.KeyAnswer.Records;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A suite of signed messages. Its {@code index.yaml} has {@code dns} (name to a list of TXT records, or NXDOMAIN,
 * SERVFAIL or TIMEOUT) and {@code messages}; each of these has {@code file}, and may have {@code eol} (crlf or lf),
 * {@code time} (Unix time), {@code dns} of its own, which wins, and {@code signatures} with {@code n}, {@code expect}
 * and {@code expect_rfc8301} (a result or a list of them).
 */
public final class DkimSuite {
    /** A suite lists some hundred messages. */
    private static final int MAX_CODE_POINTS = 64 << 20;

    private final Path folder;
    private final Map<String, KeyAnswer> dns;

    private DkimSuite(Path folder, Map<String, KeyAnswer> dns) {
        this.folder = folder;
        this.dns = dns;
    }

    /**
     * Reads an index; messages lie beside it.
     *
     * @throws IOException when it cannot be read or is no index
     */
    public static List<DkimCase> read(Path index) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        try (Reader reader = Files.newBufferedReader(index, StandardCharsets.UTF_8)) {
            Map<?, ?> root = map(new Yaml(new SafeConstructor(options)).load(reader), "index");
            DkimSuite suite = new DkimSuite(index.toAbsolutePath().getParent(), answers(root.get("dns")));
            return suite.cases(list(root.get("messages"), "messages"));
        } catch (YAMLException | IllegalArgumentException e) {
            throw new IOException(index + ": not an index of signed messages: " + firstLine(e), e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private List<DkimCase> cases(List<?> messages) {
        List<DkimCase> cases = new ArrayList<>();
        for (Object message : messages) {
            cases.add(message(map(message, "messages")));
        }
        return cases;
    }

    private DkimCase message(Map<?, ?> message) {
        Map<String, KeyAnswer> own = new HashMap<>(dns);
        own.putAll(answers(message.get("dns")));
        return new DkimCase(
                folder.resolve(text(message.get("file"), "file")),
                Optional.ofNullable(message.get("eol")).map("lf"::equals),
                Optional.ofNullable(message.get("time")).map(DkimSuite::instant),
                own,
                signatures(message.get("signatures")));
    }

    private static Instant instant(Object value) {
        if (value instanceof Number seconds) {
            return Instant.ofEpochSecond(seconds.longValue());
        }
        throw new IllegalArgumentException("time is not a number");
    }

    private static List<ExpectedSignature> signatures(Object signatures) {
        List<ExpectedSignature> expected = new ArrayList<>();
        for (Object signature : signatures == null ? List.of() : list(signatures, "signatures")) {
            Map<?, ?> fields = map(signature, "signatures");
            Object legacy = fields.get("expect");
            Object rfc8301 = fields.containsKey("expect_rfc8301") ? fields.get("expect_rfc8301") : legacy;
            expected.add(new ExpectedSignature(expected.size() + 1, words(legacy), words(rfc8301)));
        }
        return expected;
    }

    /** One word or a list of them. */
    private static Set<String> words(Object value) {
        Set<String> words = new HashSet<>();
        for (Object word : value instanceof List<?> list ? list : List.of(text(value, "expect"))) {
            words.add(text(word, "expect").toLowerCase(Locale.ROOT));
        }
        return words;
    }

    private static Map<String, KeyAnswer> answers(Object value) {
        Map<String, KeyAnswer> answers = new HashMap<>();
        if (value != null) {
            map(value, "dns").forEach((name, answer) -> answers.put(key(name), answer(answer)));
        }
        return answers;
    }

    private static String key(Object name) {
        String lower = text(name, "dns").toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static KeyAnswer answer(Object value) {
        if (value instanceof List<?> list) {
            return new Records(list.stream().map(record -> text(record, "dns")).toList());
        }
        String word = text(value, "dns");
        for (Failure failure : Failure.values()) {
            if (failure.name().equals(word)) {
                return failure;
            }
        }
        return new Records(List.of(word));
    }

    private static Map<?, ?> map(Object value, String field) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(field + " is not a mapping");
    }

    private static List<?> list(Object value, String field) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(field + " is not a list");
    }

    private static String text(Object value, String field) {
        if (value == null || value instanceof List<?> || value instanceof Map<?, ?>) {
            throw new IllegalArgumentException(field + " is not a text");
        }
        return value.toString();
    }
}
