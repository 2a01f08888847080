package org.slash64.deploy.view;

/**
 * A prefix that sent something.
 *
 * @param figures of the time asked for
 * @param addresses distinct client addresses in its last window, about
 * @param children distinct prefixes of the next finer level in it, about
 */
public record BusyPrefix(String prefix, Figures figures, long addresses, long children) {}
