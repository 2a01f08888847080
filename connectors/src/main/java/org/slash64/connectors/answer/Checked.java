package org.slash64.connectors.answer;

import org.slash64.enrichers.authentication.Authentication;
import org.slash64.enrichers.authentication.Findings;

/**
 * What DNS said of a session in time.
 *
 * @param findings the verdicts; a temperror is also what was not answered in time
 * @param authentication what they come to
 */
public record Checked(Findings findings, Authentication authentication) {}
