package org.slash64.connectors.answer;

import org.slash64.schemas.LimitAction;
import org.slash64.schemas.Subject;

/**
 * A rate limit that was crossed.
 *
 * @param subject the prefix or domain that crossed it
 * @param rule name of its rule
 * @param action what the rule asks for
 * @param words what it allows, for people
 * @param until event time, milliseconds since 1970, at which it is released if nothing more comes
 */
public record Limit(Subject subject, String rule, LimitAction action, String words, long until) {}
