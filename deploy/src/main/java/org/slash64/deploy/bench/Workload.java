package org.slash64.deploy.bench;

/**
 * What both sides do.
 *
 * @param name in a few words
 * @param counts whether the ratio of the whole bench, which is that of its worst workload, counts this one
 * @param ours whose rate is divided
 * @param reference by whose rate it is divided
 */
public record Workload(String name, boolean counts, Side ours, Side reference) {}
