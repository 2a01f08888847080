package org.slash64.connectors.socket;

/**
 * What a server has seen since it was made.
 *
 * @param open connections now
 * @param accepted connections taken
 * @param refused connections closed as they came, because there were too many
 * @param idle connections closed because they said nothing for too long
 * @param failed connections closed because serving them failed, by a bug
 */
public record ServerStatistics(int open, long accepted, long refused, long idle, long failed) {}
