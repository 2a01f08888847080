package org.slash64.deploy.conformance;

import org.slash64.enrichers.spf.SpfResult;
import org.slash64.enrichers.spf.SpfStatus;
import org.slash64.testkit.conformance.spf.SpfCase;

/**
 * A case of a suite and what came of it.
 *
 * @param scenario the description of the document that the case is in
 */
public record SpfCaseResult(String scenario, SpfCase expected, SpfResult got) {

    /** Whether it is one of the results that the suite allows, with the explanation that it asks for. */
    public boolean passed() {
        return expected.results().contains(got.status().text()) && (got.status() != SpfStatus.FAIL || explained());
    }

    /** The case of hexadecimal digits in {@code %{i}} and {@code %{c}} is laid down nowhere. */
    private boolean explained() {
        String text = got.explanation().orElse(SpfCase.DEFAULT);
        return expected.explanation().isEmpty() || expected.explanation().get().equalsIgnoreCase(text);
    }

    /** What was expected, in words for people. */
    public String wanted() {
        return String.join(" or ", expected.results())
                + expected.explanation().map(text -> " \"" + text + "\"").orElse("");
    }

    /** What came, in words for people. */
    public String came() {
        boolean explained = expected.explanation().isPresent() && got.status() == SpfStatus.FAIL;
        String explanation = explained ? " \"" + got.explanation().orElse(SpfCase.DEFAULT) + "\"" : "";
        return got.status().text() + explanation + " (" + got.reason() + ")";
    }
}
