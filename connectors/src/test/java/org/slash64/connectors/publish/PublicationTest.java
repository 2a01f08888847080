package org.slash64.connectors.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slash64.schemas.Standing;
import org.slash64.schemas.Topics;

class PublicationTest {
    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final ChangeBound BOUND = new ChangeBound(50, 40, 10);
    private static final String FILE = "list";

    @TempDir
    Path dir;

    private final PublishedState state = new PublishedState(List.of());
    private final ListFormat format = snapshot -> Map.of(
            FILE,
            out -> out.write(
                    snapshot.version() + " " + snapshot.prefixes().listings().size() + " "
                            + snapshot.domains().listings().size()));

    private Publication publication(Instant now) {
        return new Publication(List.of(format), dir, BOUND, Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Lists so many prefixes and no others. */
    private void prefixes(int count) {
        for (int i = 0; i < 256; i++) {
            String key = "192.0.2." + i + "/32";
            state.take(Topics.BLOCKLIST.name(), key, i < count ? Listings.listing(key, "x", START) : null);
        }
    }

    private void domains(int count) {
        for (int i = 0; i < count; i++) {
            String key = "d" + i + ".example";
            state.take(Topics.BLOCKLIST.name(), key, Listings.listing(key, "x", START));
        }
    }

    private String publish(Instant now) throws IOException {
        return publication(now).publish(state).objection().orElse("published");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void publish_first_isNotRefused() throws Exception {
        prefixes(200);
        domains(5);
        assertThat(publish(START)).isEqualTo("published");
        assertThat(dir.resolve(FILE)).hasContent("1794816000 200 5");
        assertThat(dir.resolve("version")).hasContent("version 1794816000\nprefixes 200\ndomains 5");
        assertThat(names()).containsExactly(FILE, "version");
    }

    @Test
    void publish_again_versionGrows_alsoAfterARestartAndWhereTheClockWentBack() throws Exception {
        publish(START);
        publish(START);
        assertThat(dir.resolve(FILE)).hasContent("1794816001 0 0");
        publish(START.minusSeconds(1_000));
        assertThat(dir.resolve(FILE)).hasContent("1794816002 0 0");
        publish(START.plusSeconds(60));
        assertThat(dir.resolve(FILE)).hasContent("1794816060 0 0");
    }

    @Test
    void publish_withinTheBound_isPublished() throws Exception {
        prefixes(100);
        publish(START);
        prefixes(150);
        assertThat(publish(START)).isEqualTo("published");
        prefixes(90);
        assertThat(publish(START)).isEqualTo("published");
        prefixes(20);
        assertThat(publish(START)).startsWith("20 prefixes are listed after 90");
    }

    @Test
    void publish_fewChanges_areAlwaysPublished() throws Exception {
        prefixes(2);
        publish(START);
        prefixes(12);
        assertThat(publish(START)).isEqualTo("published");
        prefixes(2);
        assertThat(publish(START)).isEqualTo("published");
    }

    @Test
    void publish_tooMuchGrowth_leavesTheFilesUntilItIsConfirmed() throws Exception {
        prefixes(100);
        publish(START);
        prefixes(151);
        assertThat(publish(START))
                .isEqualTo(
                        "151 prefixes are listed after 100, more of a change than is published unseen; if that is right:"
                                + " mv " + dir.resolve("refused") + " " + dir.resolve("confirmed"));
        assertThat(dir.resolve(FILE)).hasContent("1794816000 100 0");
        assertThat(names()).containsExactly(FILE, "refused", "version");
        Files.move(dir.resolve("refused"), dir.resolve("confirmed"));
        prefixes(160);
        assertThat(publish(START)).isEqualTo("published");
        assertThat(dir.resolve(FILE)).hasContent("1794816001 160 0");
        assertThat(names()).containsExactly(FILE, "version");
    }

    @Test
    void publish_confirmationOfAnotherSize_confirmsNothing() throws Exception {
        prefixes(100);
        publish(START);
        Files.writeString(dir.resolve("confirmed"), "version 1\nprefixes 160\ndomains 0\n");
        prefixes(250);
        assertThat(publish(START)).startsWith("250 prefixes are listed after 160");
    }

    @Test
    void publish_backWithinTheBound_forgetsTheRefusal() throws Exception {
        prefixes(100);
        publish(START);
        prefixes(200);
        publish(START);
        assertThat(names()).contains("refused");
        prefixes(110);
        assertThat(publish(START)).isEqualTo("published");
        assertThat(names()).containsExactly(FILE, "version");
    }

    @Test
    void publish_domains_areCountedApart() throws Exception {
        prefixes(100);
        publish(START);
        domains(11);
        assertThat(publish(START)).startsWith("11 domains are listed after 0");
    }

    @Test
    void publishUnchecked_isPublishedInAnyCase() throws Exception {
        prefixes(100);
        publish(START);
        prefixes(0);
        assertThat(publication(START).publishUnchecked(state).objection()).isEmpty();
        assertThat(dir.resolve(FILE)).hasContent("1794816001 0 0");
    }

    @Test
    void publish_damagedVersion_saysSo() throws Exception {
        for (String text : List.of("", "version x", "version 1\nprefixes 2\n", "version 1".repeat(1_000))) {
            Files.writeString(dir.resolve("version"), text);
            assertThatThrownBy(() -> publish(START))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void publish_reputations_onlyTheClear() throws Exception {
        ListFormat known = snapshot ->
                Map.of(FILE, out -> out.write(snapshot.reputations().keySet().toString()));
        for (Standing standing : Standing.values()) {
            String key = standing.name().toLowerCase(Locale.ROOT) + ".example";
            state.take(Topics.DOMAIN_REPUTATION.name(), key, Listings.reputation(key, standing));
        }
        state.take(Topics.DOMAIN_REPUTATION.name(), "192.0.2.0/24", Listings.reputation("x", Standing.BAD));
        new Publication(List.of(known), dir, BOUND, Clock.systemUTC()).publish(state);
        assertThat(dir.resolve(FILE)).hasContent("[bad.example, good.example]");
        state.take(
                Topics.DOMAIN_REPUTATION.name(), "bad.example", Listings.reputation("bad.example", Standing.UNKNOWN));
        state.take(Topics.DOMAIN_REPUTATION.name(), "good.example", null);
        new Publication(List.of(known), dir, BOUND, Clock.systemUTC()).publish(state);
        assertThat(dir.resolve(FILE)).hasContent("[]");
    }
}
