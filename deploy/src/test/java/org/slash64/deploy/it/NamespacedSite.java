package org.slash64.deploy.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real servers in namespaces of their own for network, mounts and processes: their folder, and the script that runs them. */
final class NamespacedSite {

    private static final List<String> NAMESPACES =
            List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child");
    private static final List<String> TOOLS = List.of("unshare", "ip", "bash");

    private final Path folder;
    private final String resources;
    private final String script;

    private NamespacedSite(Path folder, String resources, String script) {
        this.folder = folder;
        this.resources = resources;
        this.script = script;
    }

    /**
     * Makes the folder {@code site} in {@code dir}; skips the test where it cannot be run here.
     *
     * @param resources folder of the test's resources
     * @param script to run, one of them
     * @param setup more of them, for {@code site/etc}; in these {@code @DIR@} stands for the site's folder
     * @param programs that must be installed
     */
    static NamespacedSite prepare(Path dir, String resources, String script, List<String> setup, List<String> programs)
            throws Exception {
        List<String> needed = new ArrayList<>(programs);
        needed.addAll(TOOLS);
        for (String program : needed) {
            assumeTrue(
                    SystemProgram.find(program).isPresent(),
                    "skipped: " + program + " is not installed; .ci/run installs it");
        }
        assumeTrue(
                SystemProgram.works(dir, "unshare", "--net", "--mount", "--pid", "--fork", "true"),
                "skipped: this user may make no namespaces");
        Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x")); // Postfix drops its rights
        NamespacedSite site = new NamespacedSite(Files.createDirectory(dir.resolve("site")), resources, script);
        Path etc = Files.createDirectory(site.folder.resolve("etc"));
        for (String name : setup) {
            Files.writeString(etc.resolve(name), site.resource(name).replace("@DIR@", site.folder.toString()));
        }
        Files.writeString(site.folder.resolve(script), site.resource(script));
        return site;
    }

    Path folder() {
        return folder;
    }

    String resource(String name) throws IOException {
        try (InputStream in = NamespacedSite.class.getResourceAsStream("/" + resources + "/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Starts the script, with the folder and these as its arguments. */
    SystemProgram start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(NAMESPACES);
        command.addAll(List.of("bash", script, folder.toString()));
        command.addAll(List.of(arguments));
        return SystemProgram.start(folder, Map.of(), command);
    }
}
