package org.slash64.deploy.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slash64.deploy.report.Table;

/** A report for people, or as JSON Lines. */
public final class CheckOutput {
    private final CheckReport report;

    public CheckOutput(CheckReport report) {
        this.report = report;
    }

    /** A table, then what to change, then the notes. */
    public void print(PrintWriter out) {
        Table table = new Table(title(), "result", "check", "of", "found");
        report.findings()
                .forEach(finding ->
                        table.row(finding.grade().text(), finding.kind().text(), finding.subject(), finding.found()));
        table.print(out);
        printChanges(out);
        if (!report.notes().isEmpty()) {
            out.println();
            out.println("Notes");
            report.notes().forEach(note -> out.println("  " + note));
        }
    }

    private String title() {
        return report.side() + " " + report.subject() + ": " + report.count(Grade.FAIL) + " failed, "
                + report.count(Grade.WARN) + " warned, " + report.count(Grade.PASS) + " passed";
    }

    /** Findings that ask for the same change share it. */
    private void printChanges(PrintWriter out) {
        Map<List<String>, List<Finding>> changes = report.findings().stream()
                .filter(finding -> finding.grade() != Grade.PASS)
                .collect(Collectors.groupingBy(CheckOutput::change, LinkedHashMap::new, Collectors.toList()));
        if (changes.isEmpty()) {
            return;
        }
        out.println();
        out.println("What to change");
        Set<List<String>> shown = new HashSet<>();
        changes.forEach((change, findings) -> {
            String which = findings.stream()
                    .map(finding -> finding.kind().text() + " " + finding.subject())
                    .distinct()
                    .collect(Collectors.joining(", "));
            out.println("  " + which + ": " + change.get(0));
            List<String> records = change.subList(1, change.size());
            boolean first = records.isEmpty() || shown.add(records);
            (first ? records : List.of("(the record above)")).forEach(line -> out.println("      " + line));
        });
    }

    private static List<String> change(Finding finding) {
        return Stream.concat(Stream.of(finding.advice()), finding.publish().stream())
                .toList();
    }

    /** An object for each finding, then one that sums up. */
    public void printJson(PrintWriter out) {
        report.findings().forEach(finding -> out.println(node(finding)));
        ObjectNode summary = JsonNodeFactory.instance.objectNode();
        summary.put("summary", report.side());
        summary.put("of", report.subject());
        summary.put("failed", report.count(Grade.FAIL));
        summary.put("warned", report.count(Grade.WARN));
        summary.put("passed", report.count(Grade.PASS));
        report.notes().forEach(summary.putArray("notes")::add);
        out.println(summary);
    }

    private static ObjectNode node(Finding finding) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("check", finding.kind().text());
        node.put("of", finding.subject());
        node.put("result", finding.grade().text());
        node.put("found", finding.found());
        if (finding.grade() != Grade.PASS) {
            node.put("advice", finding.advice());
            ArrayNode publish = node.putArray("publish");
            finding.publish().forEach(publish::add);
        }
        return node;
    }
}
