package org.slash64.deploy.check;

import java.util.List;

/**
 * All findings of a run.
 *
 * @param side {@code sender} or {@code receiver}
 * @param subject the domain or address
 * @param notes what else should be known: what was not looked at, what counts
 */
public record CheckReport(String side, String subject, List<Finding> findings, List<String> notes) {
    /** Copies the lists and makes the text safe. */
    public CheckReport {
        subject = SafeText.of(subject);
        findings = List.copyOf(findings);
        notes = notes.stream().map(SafeText::of).distinct().toList();
    }

    /** How many findings ended so. */
    public long count(Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }
}
