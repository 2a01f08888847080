package org.slash64.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slash64.deploy.config.yaml.YamlException;

/** Whatever is in a file, reading it ends with a configuration or with mistakes that have their places. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileConfigurationTest {

    private static final String CHARACTERS = "{}[]:,-&*!|>'\"%@`#\n\t ?\\~<=.0a9\u0000\u0085\u2028\ufeff\ud83d\ude00";

    private static final int MUTANTS = 1_000;

    private String seed;

    @BeforeAll
    void readSeed() throws IOException {
        try (InputStream in = HostileConfigurationTest.class.getResourceAsStream("/config/everything.yaml")) {
            seed = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void parse_mutants_areReadOrRefused() {
        Random random = new Random(64);
        for (int i = 0; i < MUTANTS; i++) {
            assertReadOrRefused(mutant(random));
        }
    }

    @Test
    void parse_beginnings_areReadOrRefused() {
        for (int length = 0; length < seed.length(); length += 5) {
            assertReadOrRefused(seed.substring(0, length));
        }
    }

    private String mutant(Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, character(random));
                case 1 -> text.setCharAt(at, character(random));
                case 2 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
                default -> text.insert(at, seed, random.nextInt(seed.length() / 2), seed.length() * 3 / 4);
            }
        }
        return text.toString();
    }

    private static char character(Random random) {
        return CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    }

    private static void assertReadOrRefused(String text) {
        Throwable thrown = catchThrowable(() -> Configuration.parse("s.yaml", text));
        if (thrown != null) {
            assertThat(thrown).as(text).isInstanceOf(YamlException.class);
            assertThat(((YamlException) thrown).mistakes())
                    .isNotEmpty()
                    .allMatch(mistake -> mistake.matches("s\\.yaml:[0-9]+: .+") || mistake.contains("more mistakes"));
        }
    }
}
