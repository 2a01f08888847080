package org.slash64.enrichers.spf;

/** A mechanism and what its match means. */
record Directive(Qualifier qualifier, Mechanism mechanism, String text) {}
