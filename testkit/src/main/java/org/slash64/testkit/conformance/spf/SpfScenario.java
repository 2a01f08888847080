package org.slash64.testkit.conformance.spf;

import java.util.List;

/** One document of a suite: cases that share their DNS. */
public record SpfScenario(String description, List<SpfCase> cases, SuiteZone zone) {
    /** Copies the list. */
    public SpfScenario {
        cases = List.copyOf(cases);
    }
}
