/**
 * Replay: what other rules would have decided. Recorded verdicts, feedback and the allowlist go once more through the pure
 * functions that the stream decides by, in order of event time, free of Kafka.
 */
package org.slash64.topology.replay;
