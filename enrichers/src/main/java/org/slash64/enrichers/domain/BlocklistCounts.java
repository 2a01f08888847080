package org.slash64.enrichers.domain;

/** How often a list was asked, by how it ended. */
public record BlocklistCounts(long listed, long notListed, long temperrors, long errors) {}
