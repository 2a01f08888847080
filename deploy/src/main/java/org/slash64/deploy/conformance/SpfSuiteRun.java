package org.slash64.deploy.conformance;

import java.util.ArrayList;
import java.util.List;
import org.slash64.enrichers.spf.Spf;
import org.slash64.enrichers.spf.SpfQuery;
import org.slash64.testkit.conformance.spf.SpfCase;
import org.slash64.testkit.conformance.spf.SpfScenario;
import org.slash64.testkit.conformance.spf.SpfSuite;

/** Runs the cases of an SPF suite, each against the DNS of its scenario. */
public final class SpfSuiteRun {

    private SpfSuiteRun() {}

    /** All cases in the suite's order. */
    public static List<SpfCaseResult> run(SpfSuite suite) {
        List<SpfCaseResult> results = new ArrayList<>();
        for (SpfScenario scenario : suite.scenarios()) {
            Spf spf = new Spf(new SuiteDns(scenario.zone()));
            for (SpfCase test : scenario.cases()) {
                SpfQuery query = SpfQuery.mailFrom(test.client(), test.mailFrom(), test.helo());
                results.add(new SpfCaseResult(
                        scenario.description(), test, spf.check(query).join()));
            }
        }
        return results;
    }
}
