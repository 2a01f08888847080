package org.slash64.connectors.accessmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slash64.connectors.publish.Program;

/** Postfix's own program for looking into maps. */
public final class Postmap {

    private Postmap() {}

    /** True where Postfix is there. */
    public static boolean isInstalled() {
        return Program.find("postmap").isPresent();
    }

    /** What the map says of the keys that it has. */
    public static Map<String, String> query(String map, List<String> keys) throws IOException, InterruptedException {
        String program = Program.find("postmap").orElseThrow().toString();
        Program.Result result = Program.run(String.join("\n", keys) + "\n", program, "-q", "-", map);
        Map<String, String> found = new HashMap<>();
        result.output().lines().forEach(line -> {
            assertThat(line).contains("\t").doesNotContain("warning:");
            found.put(line.substring(0, line.indexOf('\t')), line.substring(line.indexOf('\t') + 1));
        });
        return found;
    }

    /** The keys that Postfix looks for: the name, then each parent with a dot before it. */
    public static List<String> keys(String name) {
        List<String> keys = new ArrayList<>(List.of(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            keys.add(name.substring(dot));
        }
        return keys;
    }

    /** What it finds first; empty for nothing. */
    public static String firstOf(String name, Map<String, String> found) {
        return keys(name).stream()
                .filter(found::containsKey)
                .findFirst()
                .map(found::get)
                .orElse("");
    }
}
