package org.slash64.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slash64.deploy.config.yaml.Declarations;

/** The files that tell people what can be configured say what is read. */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final Path EXAMPLE = Path.of("slash64.example.yaml");

    @Test
    void markdown_isTheReferenceThatIsOnRecord() throws IOException {
        String made = Reference.markdown(Configuration.declared());
        Path fresh = Files.writeString(Path.of("target", "configuration.md"), made);
        assertThat(made)
                .as("the fields are others; if that is meant: cp deploy/%s docs/", fresh)
                .isEqualTo(Files.exists(REFERENCE) ? Files.readString(REFERENCE) : "");
    }

    @Test
    void example_holdsTheDefaults() throws Exception {
        assertThat(Configuration.read(EXAMPLE)).isEqualTo(Configuration.defaults());
    }

    @Test
    void example_hasEveryField() throws IOException {
        String example = Files.readString(EXAMPLE);
        for (Declarations.Group group : Configuration.declared()) {
            for (Declarations.Field field : group.fields()) {
                assertThat(example).as("%s of %s", field.key(), group.path()).contains(field.key() + ":");
            }
        }
    }

    @Test
    void everyField_saysWhatItIs() {
        for (Declarations.Group group : Configuration.declared()) {
            assertThat(group.doc()).as(group.path()).endsWith(".");
            assertThat(group.fields()).as(group.path()).doesNotHaveDuplicates().allSatisfy(field -> {
                assertThat(field.key()).matches("[a-z]+(-[a-z]+)*");
                assertThat(field.doc()).as(field.key()).endsWith(".");
                assertThat(field.whenAbsent()).as(field.key()).isNotBlank();
            });
        }
    }
}
