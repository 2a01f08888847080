package org.slash64.deploy.config;

import java.util.List;
import org.slash64.deploy.config.yaml.Declarations.Field;
import org.slash64.deploy.config.yaml.Declarations.Group;

/** The reference of all fields, in Markdown. */
final class Reference {

    private static final String INTRODUCTION = """
            # The configuration file

            `./slash64 run --config FILE` reads one YAML file. Every field may be left out; then its default holds. Options of the
            command line win over the file. All mistakes are told at once, each with its line and what to write instead, and nothing is
            started then (exit code 2); `--check` tells them and ends. [deploy/slash64.example.yaml](../deploy/slash64.example.yaml) has every field.

            - Durations are a whole number with a unit (`500ms`, `90s`, `10m`, `24h`, `30d`) or ISO 8601 (`PT10M`, `P30D`).
            - Counts are whole numbers; underscores may part the digits (`2_000_000`).
            - Paths are relative to the folder that the program is started in.
            - Anchors, aliases and tags of YAML are not read; a file has at most 256 KiB.
            - The file may hold passwords of Kafka and the registry: let nobody else read it.
            """;

    private Reference() {}

    static String markdown(List<Group> groups) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        groups.forEach(group -> append(group, text));
        return text.toString();
    }

    private static void append(Group group, StringBuilder text) {
        String heading = group.path().isEmpty() ? "The file" : "`" + group.path() + "`";
        text.append("\n## ").append(heading).append("\n\n").append(group.doc()).append("\n\n");
        text.append("| field | type | default | meaning |\n| --- | --- | --- | --- |\n");
        group.fields().forEach(field -> text.append(row(field)));
    }

    private static String row(Field field) {
        return String.join(
                        " | ",
                        "| `" + field.key() + "`",
                        cell(field.type()),
                        cell(field.whenAbsent()),
                        cell(field.doc()))
                + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
