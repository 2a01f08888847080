package org.slash64.connectors.answer;

import java.time.Instant;
import org.slash64.enrichers.authentication.Authentication;
import org.slash64.enrichers.authentication.Findings;
import org.slash64.enrichers.fcrdns.FcrdnsResult;

/**
 * What DNS said of a session in time.
 *
 * @param at what the times in signatures were held against, in whole milliseconds
 * @param client reverse DNS, of which the findings have the status
 * @param findings the verdicts; a temperror is also what was not answered in time
 * @param authentication what they come to
 */
public record Checked(Instant at, FcrdnsResult client, Findings findings, Authentication authentication) {}
